import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { InvalidRule, SegmentNameTaken } from './errors.ts'
import { Segment } from './models/segment.ts'
import { catalogueOf, type Catalogue } from './rule/catalogue.ts'
import { readRule } from './rule/read_rule.ts'

/**
 * Makes a segment or changes one. The rule is read before it is stored, so that a stored rule works; segments that use
 * this one must go on working too. One at a time per workspace: two editors cannot build a circle from both ends.
 *
 * @throws InvalidRule (422), SegmentNameTaken (409)
 */
export async function saveSegment({
  workspaceId,
  segment = new Segment(),
  name = segment.name,
  rule = segment.rule,
  actor,
}: {
  workspaceId: number
  segment?: Segment
  name?: string
  rule?: unknown
  actor: Actor
}): Promise<Segment> {
  return db.transaction(async (trx) => {
    await oneAtATime(workspaceId, trx)
    await refuseTakenName(workspaceId, name, segment.id, trx)
    const catalogue = await catalogueOf(workspaceId, { trx })
    readRule(rule, catalogue, segment.id ? { id: segment.id, name } : undefined)
    if (segment.id) refuseToBreakOthers(catalogue, { id: segment.id, name, rule })
    const action = segment.id ? 'segment.updated' : 'segment.created'
    const saved = await segment.useTransaction(trx).merge({ workspaceId, name, rule, deletedAt: null }).save()
    await saved.refresh()
    await audit(action, { workspaceId, actor, subject: { type: 'segment', id: saved.id }, trx })
    await touch(trx, workspaceId, ['segments', `segments/${saved.id}`])
    return saved
  })
}

export const oneAtATime = (workspaceId: number, trx: TransactionClientContract) =>
  trx.rawQuery(`select pg_advisory_xact_lock(hashtextextended('segments', ?))`, [workspaceId])

async function refuseTakenName(
  workspaceId: number,
  name: string,
  except: number | undefined,
  trx: TransactionClientContract
) {
  const taken = await Segment.of({ id: workspaceId }, { client: trx })
    .whereNull('deleted_at')
    .whereRaw('lower(name) = lower(?)', [name])
    .whereNot('id', except ?? 0)
    .first()
  if (taken) throw new SegmentNameTaken('A segment with this name exists. Choose another name.', { field: 'name' })
}

function refuseToBreakOthers(catalogue: Catalogue, changed: { id: number; name: string; rule: unknown }) {
  const others = [...catalogue.segments].filter(([id]) => Number(id) !== changed.id)
  const worked = others.filter(([, { rule }]) => problemIn(rule, catalogue) === null)
  catalogue.segments.set(String(changed.id), changed)
  for (const [, { name, rule }] of worked) {
    const problem = problemIn(rule, catalogue)
    if (problem)
      throw new InvalidRule(`With this rule, the segment “${name}” would no longer work: ${problem}`, { field: 'rule' })
  }
}

/** Why a rule cannot be read, or null when it can. */
export function problemIn(rule: unknown, catalogue: Catalogue): string | null {
  try {
    readRule(rule, catalogue)
    return null
  } catch (error) {
    if (error instanceof InvalidRule) return error.message
    throw error
  }
}
