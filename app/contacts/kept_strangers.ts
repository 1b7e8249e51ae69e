import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { eraseLedger } from '#consent'
import { audit, forgetPerson, theSystem } from '#identity'
import { announce, touch, type Kept } from '#platform'

/**
 * Somebody typed their address into a form and never confirmed it: perhaps it is not even theirs. They are known by the address
 * alone, agreed to nothing, left nothing, were never written to but for that one question. Reads tables of modules below
 * (`messages`, `form_submissions`), by SELECT only.
 */
const STRANGERS = `from contacts c
  where c.workspace_id = :workspaceId and c.deleted_at is null and c.origin = 'form' and c.import_id is null
    and num_nonnulls(c.phone, c.external_id, c.first_name, c.last_name) = 0 and c.attributes = '{}'
    and not exists (select from contact_tags t where t.workspace_id = c.workspace_id and t.contact_id = c.id)
    and not exists (select from consents k where k.workspace_id = c.workspace_id and k.contact_id = c.id and k.status <> 'pending')
    and not exists (select from consent_chains h where h.workspace_id = c.workspace_id and h.contact_id = c.id and h.withdrawn <> '{}')
    and not exists (select from messages m where m.workspace_id = c.workspace_id and m.contact_id = c.id)
    and not exists (select from privacy_requests p where p.workspace_id = c.workspace_id and p.contact_id = c.id and p.state = 'open')
    and not exists (select from restrictions r where r.workspace_id = c.workspace_id and r.contact_id = c.id)
    and not exists (select from form_submissions f where f.workspace_id = c.workspace_id and f.contact_id = c.id
      and (f.state in ('granted', 'confirmed') or (f.state = 'pending' and f.expires_at > now())))`

/** Since when nobody has asked for them. */
const AT = `greatest(c.created_at, (select max(k.since) from consents k where k.workspace_id = c.workspace_id and k.contact_id = c.id))`

/**
 * Those people. They go as if they had never come: what named them is cleared everywhere, and nothing bars them from signing up
 * again, since nobody ever said no. The ledger keeps that somebody was asked.
 */
export const keptStrangers: Kept = {
  async look({ workspaceId, days, by, client = db }) {
    const { rows } = await client.rawQuery(
      `select count(*) as kept, min(at) as oldest,
         count(*) filter (where at < cast(:by as timestamptz) - make_interval(days => :days)) as due
       from (select ${AT} as at ${STRANGERS}) as strangers`,
      { workspaceId, days, by: by.toISOString() }
    )
    return { kept: Number(rows[0].kept), oldest: rows[0].oldest, due: Number(rows[0].due) }
  },
  async forget({ workspaceId, days, limit, trx }) {
    const most = Math.min(limit, 200)
    const { rows } = await trx.rawQuery(
      `select c.id ${STRANGERS} and ${AT} < now() - make_interval(days => :days) order by c.id limit :most for update of c skip locked`,
      { workspaceId, days, most }
    )
    for (const { id } of rows) await forget(workspaceId, id, trx)
    if (rows.length > 0) await touch(trx, workspaceId, ['contacts', 'topics'])
    return { forgotten: rows.length, after: rows.length < most ? null : [] }
  },
}

async function forget(workspaceId: number, contactId: number, trx: TransactionClientContract) {
  await eraseLedger({ workspaceId, contactId, trx })
  await forgetPerson({ workspaceId, contactId, addressHash: null, trx })
  await trx.rawQuery(
    `update contacts set email = null, email_key = null, email_hash = null, locale = null, timezone = null, updated_at = now(),
       deleted_at = now(), erased_at = now() where workspace_id = ? and id = ?`,
    [workspaceId, contactId]
  )
  await audit('contact.forgotten', {
    workspaceId,
    actor: theSystem,
    subject: { type: 'contact', id: contactId },
    trx,
  })
  await announce('contact.erased', { workspaceId, payload: { contact_id: contactId }, trx })
}
