import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import { addressHash } from '#consent'
import type { DomainEvent } from '#platform'
import { OWN_WORDS, ownWords } from './forget_messages.ts'

const AT_ONCE = 500

/**
 * `address.erased`: what is kept by address and not by person. Service mail that went to it before there was a contact, campaigns
 * that went to it while it was somebody else's by mistake, the words of bounces, and events in which a provider names it. One that is on its way needs its address until it has
 * arrived: failing makes the event come again.
 */
export async function forgetAddress({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const address = encryption.decrypt<string>(payload.address, 'address.erased')
  if (address === null) return
  const hash = addressHash(workspaceId, address)
  await db.from('bounces').where({ workspace_id: workspaceId, address_hash: hash }).update({ words: null })
  await forgetEvents(workspaceId, address)
  await forgetFormerOwners(workspaceId, { hash, address })
  const service = { workspace_id: workspaceId, email_hash: hash }
  await db
    .from('service_messages')
    .where({ ...service, state: 'queued' })
    .update({ state: 'withheld', reason: 'suppressed_erased', ended_at: new Date() })
  await db
    .from('service_messages')
    .where(service)
    .whereNot('state', 'sealed')
    .update({ email: null, subject: null, mail: null, note: ownWords() })
  await db.rawQuery(
    `update provider_events set body = body #- '{data,to}' #- '{data,subject}' #- '{data,report}' #- '{data,bounce}'
     where workspace_id = ? and body->'data'->'tags'->>'s' in (
       select id::text from service_messages where workspace_id = ? and email_hash = ?)`,
    [workspaceId, workspaceId, hash]
  )
  const isLeaving = await db
    .from('service_messages')
    .where({ ...service, state: 'sealed' })
    .first()
  if (isLeaving) throw new Error('A message to this address is on its way; its address goes when it has arrived.')
}

/** What was sent to others at this address, before it was taken from them. Reads `former_addresses` (consent), by SELECT only. */
async function forgetFormerOwners(workspaceId: number, { hash, address }: { hash: Buffer; address: string }) {
  const { rows } = await db.rawQuery(
    `update messages m set email = null, note = ${OWN_WORDS} where m.workspace_id = ? and lower(m.email) = ? and m.contact_id in (
       select f.contact_id from former_addresses f where f.workspace_id = ? and f.channel = 'email' and f.address_hash = ?)
     returning m.batch_id, m.contact_id`,
    [workspaceId, address, workspaceId, hash] as any[]
  )
  for (const { batch_id: batchId, contact_id: contactId } of rows) {
    await db.rawQuery(
      `update batches b set sealed = (
         select jsonb_agg(case when (person->>'id')::bigint = ? then person - 'email' else person end order by no)
         from jsonb_array_elements(b.sealed) with ordinality as people (person, no))
       where b.workspace_id = ? and b.id = ? and b.state <> 'sealed' and b.sealed is not null`,
      [contactId, workspaceId, batchId]
    )
  }
}

/** Whatever stands around the address in the same text goes with it. */
async function forgetEvents(workspaceId: number, address: string) {
  const like = `%${address.replace(/[\\%_]/g, '\\$&')}%`
  let after = 0
  for (;;) {
    const rows = await db
      .from('provider_events')
      .where('workspace_id', workspaceId)
      .where('id', '>', after)
      .whereRaw('lower(body::text) like ?', [like])
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'body')
    for (const { id, body } of rows) {
      await db
        .from('provider_events')
        .where({ workspace_id: workspaceId, id })
        .update({ body: JSON.stringify(without(body, address)) })
    }
    if (rows.length < AT_ONCE) return
    after = rows.at(-1).id
  }
}

const without = (body: unknown, address: string) =>
  JSON.parse(JSON.stringify(body), (_, value) =>
    typeof value === 'string' && value.toLowerCase().includes(address) ? '[erased]' : value
  )
