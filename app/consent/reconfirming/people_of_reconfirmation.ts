import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { SqlPiece } from '#platform'
import { NoSuchReconfirmation } from '../errors.ts'
import { Reconfirmation } from '../models/reconfirmation.ts'
import { THE_ENTRY, weaknessesSql } from '../proof_strength.ts'

/** Whom a campaign of a re-confirmation is for. */
export interface AskedAudience {
  reconfirmation_id: string
  /** The question itself goes to people only once; a sunset round has chosen its people before. */
  part: 'question' | 'sunset' | 'reminder'
}

/** The re-confirmation that must not ask anybody who was asked before, for the one rule. */
export const asksOnce = ({ reconfirmation_id: id, part }: Partial<AskedAudience>): number | null =>
  id && part === 'question' ? Number(id) : null

/**
 * The people whom a re-confirmation asks or reminds, as a condition over `c` (contacts), and the segment that it keeps to. Whether
 * they may be written to is asked when the audience is frozen: a basis that nobody knows is among them, and is excluded there.
 *
 * @throws NoSuchReconfirmation (404)
 */
export async function peopleOfReconfirmation({
  workspaceId,
  audience,
  client,
}: {
  workspaceId: number
  audience: AskedAudience
  client: QueryClientContract
}): Promise<{ condition: SqlPiece; segmentId: number | null }> {
  const asks = await Reconfirmation.of({ id: workspaceId }, { client }).where('id', audience.reconfirmation_id).first()
  if (!asks) throw new NoSuchReconfirmation('There is no such re-confirmation any more.', { field: 'audience' })
  if (audience.part === 'reminder') return { condition: unanswered(asks), segmentId: null }
  if (audience.part === 'sunset') return { condition: chosen(asks), segmentId: null }
  return { condition: weaklyProven(asks), segmentId: asks.segmentId }
}

/** Who agrees to a topic, by a proof that is weak, over the whole workspace. Nobody asks the invented people of the demo. */
export function weaklyProven({
  workspaceId,
  topicId,
  channel,
}: Pick<Reconfirmation, 'workspaceId' | 'topicId' | 'channel'>): SqlPiece {
  const weak = weaknessesSql(workspaceId)
  return {
    sql: `not c.demo and c.id in (select k.contact_id from consents k ${THE_ENTRY}
      where k.workspace_id = ? and k.topic_id = ? and k.channel = ? and k.status = 'granted' and cardinality(${weak.sql}) > 0)`,
    bindings: [workspaceId, topicId, channel, ...weak.bindings],
  }
}

const chosen = ({ workspaceId, id }: Reconfirmation): SqlPiece => ({
  sql: `c.id in (select a.contact_id from reconfirmation_people a where a.workspace_id = ? and a.reconfirmation_id = ? and a.state = 'chosen')`,
  bindings: [workspaceId, id],
})

/** Who got the question and has not answered. Reads `messages`, which delivery owns. */
const unanswered = ({ workspaceId, id, campaignId }: Reconfirmation): SqlPiece => ({
  sql: `c.id in (
    select a.contact_id from reconfirmation_people a
    join messages m on m.workspace_id = a.workspace_id and m.contact_id = a.contact_id and m.campaign_id = ?
    where a.workspace_id = ? and a.reconfirmation_id = ? and a.state = 'chosen'
      and m.state in ('accepted', 'sent', 'delayed', 'delivered'))`,
  bindings: [campaignId, workspaceId, id],
})
