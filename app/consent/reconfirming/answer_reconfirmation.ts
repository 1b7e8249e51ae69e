import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import { touch } from '#platform'
import type { Basis } from '../bases.ts'
import { Reconfirmation } from '../models/reconfirmation.ts'
import { recordConsent } from '../record_consent.ts'
import { namedWording, type Wording } from '../wordings.ts'

export type Answer = 'yes' | 'no'

export interface AskedQuestion {
  asks: Reconfirmation
  /** In the language that was wished, where there is one. */
  wording: Wording
  /** What stands now: their answer, if they gave one that still holds. */
  answered: Answer | null
  isArchived: boolean
}

/** The question that a campaign asked somebody, or null when it asked none. `personId`: who they are today. */
export async function questionOf({
  workspaceId,
  campaignId,
  contactId,
  personId,
  language,
  client,
}: {
  workspaceId: number
  campaignId: number
  contactId: number
  personId: number | null
  /** In which they are asked (ISO 639-1). */
  language: string
  client: QueryClientContract
}): Promise<AskedQuestion | null> {
  const asks = await Reconfirmation.of({ id: workspaceId }, { client })
    .where((query) => void query.where('campaign_id', campaignId).orWhere('reminder_id', campaignId))
    .first()
  if (!asks) return null
  const { rows } = await client.rawQuery(
    `select t.archived_at is not null as is_archived, k.status, coalesce(a.late_answer, a.state) as answer
     from topics t
     left join consents k on k.workspace_id = t.workspace_id and k.contact_id = ? and k.channel = ? and k.topic_id = t.id
     left join reconfirmation_people a on a.workspace_id = t.workspace_id and a.reconfirmation_id = ? and a.contact_id = ?
     where t.workspace_id = ? and t.id = ?`,
    [personId, asks.channel, asks.id, contactId, workspaceId, asks.topicId] as any[]
  )
  const [{ is_archived: isArchived, status, answer }] = rows
  const wording = await namedWording({
    workspaceId,
    wording: asks.wordings[language] ?? { id: asks.wordingId, version: asks.wordingVersion },
    client,
  })
  const answered =
    answer === 'confirmed' && status === 'granted'
      ? 'yes'
      : answer === 'declined' && status === 'withdrawn'
        ? 'no'
        : null
  return { asks, wording, isArchived, answered }
}

/**
 * Somebody answers. Yes is a new agreement with the words that they saw, by their own hand, and wakes who rests; no is a
 * withdrawal. The same again is no second entry. An answer after the end counts as well: it is theirs.
 */
export async function answerReconfirmation(
  { asks, wording, answered }: AskedQuestion,
  {
    answer,
    contactId,
    personId,
    campaignId,
    actor,
    trx,
    ...circumstances
  }: {
    answer: Answer
    contactId: number
    personId: number
    campaignId: number
    ip: string | null
    userAgent: string | null
    actor: Actor
    trx: TransactionClientContract
  }
): Promise<void> {
  if (answered === answer) return
  const { workspaceId, id, topicId, channel } = asks
  const stands = await trx
    .from('consents')
    .where({ workspace_id: workspaceId, contact_id: personId, channel, topic_id: topicId })
    .first()
  const isYes = answer === 'yes'
  if (isYes || stands?.status !== 'withdrawn') {
    await recordConsent({
      workspaceId,
      people: [personId],
      channel,
      topicId,
      action: isYes ? 'grant' : 'withdraw',
      basis: isYes ? basisOfYes(stands) : (stands?.basis ?? 'unknown'),
      ...(isYes
        ? { wording: { id: wording.id, version: wording.version }, language: wording.language }
        : { statement: 'Asked whether they still want it, they said no.' }),
      source: 're-confirmation page',
      sourceKind: 'person',
      sourceRef: `campaign:${campaignId}`,
      ...circumstances,
      actor,
      trx,
    })
  }
  const said = isYes ? 'confirmed' : 'declined'
  await trx.rawQuery(
    `update reconfirmation_people set answered_at = clock_timestamp(),
       late_answer = case when state in ('chosen', 'confirmed', 'declined') and ?::boolean then null else ? end,
       state = case when state in ('chosen', 'confirmed', 'declined') and ?::boolean then ? else state end
     where workspace_id = ? and reconfirmation_id = ? and contact_id = ?`,
    [asks.state === 'asking', said, asks.state === 'asking', said, workspaceId, id, contactId]
  )
  await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
}

/** Whoever confirmed by the button behind a mail once does so again; from others it is their own yes. */
const basisOfYes = (stands: { status: string; basis: Basis } | null): Basis =>
  stands?.status === 'granted' && stands.basis === 'consent_double_opt_in' ? 'consent_double_opt_in' : 'consent_express'
