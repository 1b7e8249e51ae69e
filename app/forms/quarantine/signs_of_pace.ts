import ipaddr from 'ipaddr.js'
import db from '@adonisjs/lucid/services/db'
import { isPublicAddress } from '#platform'
import type { Signal } from './signals.ts'

const BUSY = 5
const FLOOD = 20
const BLOCK_BUSY = 30
const BURST = 20
const TIMES_USUAL = 10
/** Of a form's submissions the last so many are looked at: enough to know its pace, and never more work in a flood. */
const LOOKED_AT = 300

/**
 * Whether many come at once: from where this one comes (in any form of the workspace), and by its form against the form's usual
 * pace. Counts what was kept before this one, up to each limit.
 */
export async function signsOfPace({
  workspaceId,
  formId,
  ip,
}: {
  workspaceId: number
  formId: number
  /** null: the form says that many share a network. */
  ip: string | null
}): Promise<Signal[]> {
  const [near, block] = ip !== null && isPublicAddress(ip) ? networksOf(ip) : [null, null]
  const { rows } = await db.rawQuery(
    `select ${within} as near, ${within} as block, p.recent, p.usual from (
       select count(*) filter (where created_at > now() - interval '10 minutes') as recent,
         coalesce(count(*) filter (where created_at <= now() - interval '1 hour') * 600 / nullif(
           extract(epoch from now() - interval '1 hour' - min(created_at) filter (where created_at <= now() - interval '1 hour')), 0
         ), 0)::float as usual
       from (select created_at from form_submissions where workspace_id = ? and form_id = ? order by id desc limit ?) latest
     ) p`,
    [workspaceId, near, FLOOD, workspaceId, block, BLOCK_BUSY, workspaceId, formId, LOOKED_AT] as any[]
  )
  const { near: beside, block: around, recent, usual } = rows[0]
  const found: Signal[] = []
  if (beside + 1 >= FLOOD) found.push('network_flood')
  else if (beside + 1 >= BUSY) found.push('network_busy')
  if (around + 1 >= BLOCK_BUSY) found.push('block_busy')
  if (recent + 1 >= BURST && recent + 1 >= TIMES_USUAL * usual) found.push('form_burst')
  return found
}

/** PostgreSQL reads `<<=` as a range of the index; an unknown network (null) has none. */
const within = `(select count(*)::int from (
  select 1 from form_submissions where workspace_id = ? and ip <<= ?::inet and created_at > now() - interval '1 hour'
  limit ?) few)`

/** Whose line it is, and whose neighbours: of IPv6 one household has a /64, one customer at least a /48 to choose from. */
function networksOf(ip: string): [string, string] {
  const address = ipaddr.process(ip)
  const [near, block] = address.kind() === 'ipv4' ? [32, 24] : [64, 48]
  return [`${address}/${near}`, `${address}/${block}`]
}
