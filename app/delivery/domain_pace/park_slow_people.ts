import db from '@adonisjs/lucid/services/db'
import type { Batch } from '../sender/lease.ts'
import { splitBatch, type Piece } from '../sender/return_batch.ts'
import { domainGroup } from './domain_group.ts'
import { knownPaces } from './paces.ts'

const [SMALLEST, LARGEST] = [10, 100]

/**
 * Takes the people of a fresh batch whose mailbox provider asked for slower delivery into batches of their own, which wait
 * until `letParkedGo` lets them; the others can be claimed at once. It happens once to each person. Asks nobody
 * anything while no domain is limited.
 *
 * @returns whether the batch was divided
 */
export async function parkSlowPeople(batch: Batch, account: string): Promise<boolean> {
  const limited = (await knownPaces()).limited.get(account)
  if (!limited) return false
  const groups = await groupsOf(batch)
  const slow = new Map([...groups].filter(([group]) => limited.has(group)))
  if (slow.size === 0) return false
  const others = [...groups].filter(([group]) => !slow.has(group)).flatMap(([, ids]) => ids)
  const pieces: Piece[] = others.length > 0 ? [{ ids: inOrderOf(batch, others) }] : []
  for (const [group, ids] of slow) {
    const size = Math.min(LARGEST, Math.max(SMALLEST, limited.get(group)!))
    for (let start = 0; start < ids.length; start += size)
      pieces.push({ ids: ids.slice(start, start + size), domain: group, parkedFor: account })
  }
  await splitBatch(batch, pieces)
  return true
}

/** Who has no address any more stands with the others: the rule says so when it is asked. */
async function groupsOf({ workspaceId, contactIds }: Batch): Promise<Map<string, number[]>> {
  const { rows } = await db.rawQuery(
    `select c.id, c.email from contacts c where c.workspace_id = ? and c.id = any(?::bigint[]) and c.deleted_at is null`,
    [workspaceId, contactIds] as any[]
  )
  const emails = new Map<number, string | null>(rows.map((row: any) => [row.id, row.email]))
  return Map.groupBy(contactIds, (id) => domainGroup(emails.get(id) ?? ''))
}

const inOrderOf = ({ contactIds }: Batch, some: number[]) => {
  const wanted = new Set(some)
  return contactIds.filter((id) => wanted.has(id))
}
