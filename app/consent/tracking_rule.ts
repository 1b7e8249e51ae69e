import type { TrackingPolicy } from '#identity'
import { InvalidConsent } from './errors.ts'

/**
 * May we note what this person opens and follows? A permission of its own (CNIL 2026-042, art. 5(3) ePrivacy), not a part of
 * the agreement to be mailed. It is kept in the same ledger, under a channel of its own, for all topics together.
 */
export const TRACKING = { channel: 'tracking', topicId: 0 } as const

/** What somebody said last; null: nothing, or it has expired, or what vouched for it was undone (basis unknown). */
export type TrackingWord = 'granted' | 'withdrawn' | null

/** The rule. `measuredUnder` is the same as SQL. */
export const isMeasured = (policy: TrackingPolicy, said: TrackingWord): boolean =>
  policy === 'only_who_agreed' ? said === 'granted' : said !== 'withdrawn'

interface Columns {
  workspace: string
  contact: string
  emailHash: string
}

/**
 * SQL: what a person said last. Their own word counts; without one, a no that came from the same address under a former
 * contact. Looked up by key, so that it may stand in a statement about many.
 */
export const trackingWord = ({ workspace, contact, emailHash }: Columns) => `coalesce(
  (select tw.status from consents tw where tw.workspace_id = ${workspace} and tw.contact_id = ${contact}
     and tw.channel = '${TRACKING.channel}' and tw.topic_id = ${TRACKING.topicId}
     and (tw.status <> 'granted' or (tw.basis <> 'unknown' and (tw.expires_at is null or tw.expires_at > now())))),
  (select fw.status from former_addresses fa join consents fw on fw.workspace_id = fa.workspace_id and fw.contact_id = fa.contact_id
     and fw.channel = '${TRACKING.channel}' and fw.topic_id = ${TRACKING.topicId} and fw.status = 'withdrawn'
   where fa.workspace_id = ${workspace} and fa.channel = 'email' and fa.address_hash = ${emailHash} limit 1))`

/** SQL: may what they do be noted now? Whose data is restricted (GDPR art. 18) is stored and nothing else. */
export const measuredUnder = (policy: TrackingPolicy, person: Columns) =>
  `(not exists (select from restrictions tr where tr.workspace_id = ${person.workspace} and tr.contact_id = ${person.contact})
    and ${trackingWord(person)} is ${policy === 'only_who_agreed' ? `not distinct from 'granted'` : `distinct from 'withdrawn'`})`

/** The same by the workspace's `settings`, a jsonb. */
export const mayBeMeasured = ({ settings, ...person }: Columns & { settings: string }) =>
  `(case when ${settings}->>'tracking_policy' = 'only_who_agreed' then ${measuredUnder('only_who_agreed', person)}
    else ${measuredUnder('unless_objected', person)} end)`

/** SQL: the channel whose address a word goes with: what is noted of mails follows the address that they go to. */
export const followed = (channel: string) =>
  `case ${channel} when '${TRACKING.channel}' then 'email' else ${channel} end`

/** SQL: has anybody of the workspace said anything about it? One look into an index, for who is about to ask about many. */
export const anyTrackingWords = (workspace: string) =>
  `exists (select from consents aw where aw.workspace_id = ${workspace} and aw.topic_id = ${TRACKING.topicId} and aw.channel = '${TRACKING.channel}')`

/** What is said about it is yes or no, on the ground of consent: there is nothing to confirm, and no other ground (CNIL 2026-042). */
export function refuseOtherWords({ topicId, action, basis }: { topicId: number; action: string; basis: string }) {
  if (topicId !== TRACKING.topicId) {
    throw new InvalidConsent('Opens and clicks are one question for all topics: leave topic_id out.', {
      field: 'topic_id',
    })
  }
  if (action !== 'grant' && action !== 'withdraw') {
    throw new InvalidConsent('Opens and clicks may be granted or withdrawn.', { field: 'action' })
  }
  if (action === 'grant' && !['consent_express', 'consent_double_opt_in', 'unknown'].includes(basis)) {
    throw new InvalidConsent('Opens and clicks need consent: consent_express or consent_double_opt_in.', {
      field: 'basis',
    })
  }
}
