import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { catalogueOf } from './rule/catalogue.ts'

/** Something that needs a segment: `{ kind: 'campaign', id: '12', name: 'Autumn' }`. */
export interface SegmentUse {
  kind: string
  id: string
  name: string
}

type AskForUses = (ask: {
  workspaceId: number
  segmentId: number
  trx: TransactionClientContract
}) => Promise<SegmentUse[]>

const asked: AskForUses[] = []

/**
 * For the modules below: who else needs a segment is theirs to say, before it is deleted. Registered once, at the top of
 * start/events.ts (`whoUsesSegments(campaignsThatUse)`).
 */
export function whoUsesSegments(ask: AskForUses) {
  if (!asked.includes(ask)) asked.push(ask)
}

export async function segmentUses(ask: Parameters<AskForUses>[0]): Promise<SegmentUse[]> {
  const { segments } = await catalogueOf(ask.workspaceId, { trx: ask.trx })
  const own = [...segments]
    .filter(([id, { rule }]) => Number(id) !== ask.segmentId && names(rule, String(ask.segmentId)))
    .map(([id, { name }]) => ({ kind: 'segment', id, name }))
  const others = await Promise.all(asked.map((askForUses) => askForUses(ask)))
  return [...own, ...others.flat()]
}

function names(rule: any, segmentId: string): boolean {
  if (typeof rule !== 'object' || rule === null) return false
  if (rule.segment_id !== undefined) return String(rule.segment_id) === segmentId
  return [...(rule.all ?? []), ...(rule.any ?? []), rule.not].some((child) => names(child, segmentId))
}
