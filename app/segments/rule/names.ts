import db from '@adonisjs/lucid/services/db'
import type { Names } from './sentence.ts'
import type { Node } from './rule.ts'

/** The names of the campaigns that a rule speaks of (a read of a table below; see the face). */
export async function namesFor(node: Node, workspaceId: number): Promise<Names> {
  const ids = [...new Set(campaignIds(node))]
  const rows = ids.length
    ? await db.from('campaigns').where('workspace_id', workspaceId).whereIn('id', ids).select('id', 'name')
    : []
  return { campaigns: new Map(rows.map(({ id, name }) => [id, name])) }
}

function campaignIds(node: Node): number[] {
  if (node.kind === 'all' || node.kind === 'any') return node.children.flatMap(campaignIds)
  if (node.kind === 'not' || node.kind === 'segment') return campaignIds(node.child)
  return node.kind === 'event' && node.campaignId !== null ? [node.campaignId] : []
}
