import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { failureForLog } from '#platform'
import { checkDomain } from './check_domain.ts'

const AT_ONCE = 4
const MOST_MS = 40 * 60_000

/**
 * Looks again at every domain that nobody has looked at for 23 hours, the longest ago first, four at a time and no longer
 * than forty minutes: rung every hour, the next round goes on where this one ended, whatever happened to it. A domain is
 * taken by marking it, so two workers never look at the same one.
 */
export async function recheckDomains({ workspaceId }: { workspaceId?: number } = {}): Promise<void> {
  const end = Date.now() + MOST_MS
  while (Date.now() < end) {
    const due = await takeDue(workspaceId)
    if (due.length === 0) return
    await Promise.all(due.map(lookAgain))
  }
}

async function takeDue(workspaceId?: number): Promise<{ workspaceId: number; domainId: number }[]> {
  const { rows } = await db.rawQuery(
    `update sending_domains d set checking_since = clock_timestamp()
     from (
       select workspace_id, id from sending_domains
       where (checked_at is null or checked_at < now() - interval '23 hours')
         and (checking_since is null or checking_since < now() - interval '1 hour')
         ${workspaceId === undefined ? '' : 'and workspace_id = ?'}
       order by checked_at nulls first limit ${AT_ONCE} for update skip locked
     ) due
     where d.workspace_id = due.workspace_id and d.id = due.id
     returning d.workspace_id as "workspaceId", d.id as "domainId"`,
    workspaceId === undefined ? [] : [workspaceId]
  )
  return rows
}

/** One that cannot be looked at keeps its mark for an hour and does not hold up the others. */
async function lookAgain(key: { workspaceId: number; domainId: number }) {
  try {
    await checkDomain(key)
  } catch (error) {
    logger.error({ domain_id: key.domainId, failure: failureForLog(error) }, 'a domain could not be checked')
  }
}
