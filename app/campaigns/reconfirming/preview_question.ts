import { InvalidReconfirmation, Topic, weaklyProven } from '#consent'
import { previewAudience, type AudiencePreview } from '#delivery'
import type { Workspace } from '#identity'
import { peopleIn } from '#segments'
import { questionLanguages } from './letter.ts'

/**
 * Whom a re-confirmation begun now would ask: people with a weak proof, divided by the one rule. Who may not be written to by law
 * (nobody knows on what ground, their agreement has ended) is not asked either: the question is a mail like any.
 *
 * @throws InvalidReconfirmation (422), UnknownAudience (422)
 */
export async function previewQuestion({
  workspace,
  topicId,
  segmentId,
}: {
  workspace: Workspace
  topicId: number
  segmentId?: number
}): Promise<AudiencePreview> {
  const workspaceId = workspace.id
  const topic = await Topic.of(workspace).where('id', topicId).first()
  if (!topic) throw new InvalidReconfirmation('There is no such topic.', { field: 'topic_id' })
  const weak = weaklyProven({ workspaceId, topicId, channel: 'email' })
  const within = segmentId
    ? await peopleIn({ workspaceId, audience: { segment_ids: [String(segmentId)] } })
    : {
        sql: 'select c.id as contact_id, c.email_hash from contacts c where c.workspace_id = ? and c.deleted_at is null',
        bindings: [workspaceId],
      }
  const languages = questionLanguages(workspace)
  const people = { sql: `${within.sql} and ${weak.sql}`, bindings: [...within.bindings, ...weak.bindings] }
  return previewAudience({ workspaceId, people, topicId, channel: 'email', asks: NO_OTHER, languages })
}

/** No re-confirmation has this id: whoever was asked by any is excluded. */
const NO_OTHER = -1
