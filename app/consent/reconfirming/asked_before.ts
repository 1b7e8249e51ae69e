/** Who answered may be asked again after so long; who did not answer is not. */
const AGAIN_AFTER_DAYS = 180

/**
 * SQL about one person (p) that holds when no other re-confirmation asked them about the topic before (any that they did not
 * answer, or that is younger than half a year; who never got the question was not asked), and none waits for their answer about
 * whatever topic: one question at a time.
 */
export const askedBefore = (reconfirmationId: number) => ({
  holds: `not exists (select from reconfirmation_people a
    where a.workspace_id = ? and a.contact_id = p.contact_id and a.reconfirmation_id <> ?
      and (a.state = 'chosen' or (a.topic_id = ? and (a.state = 'silent'
        or ((a.state <> 'not_asked' or a.reason = 'no_time') and a.chosen_at > now() - interval '${AGAIN_AFTER_DAYS} days')))))`,
  bindings: ({ workspaceId, topicId }: { workspaceId: number; topicId: number }) => [
    workspaceId,
    reconfirmationId,
    topicId,
  ],
})
