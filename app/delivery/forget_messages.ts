import db from '@adonisjs/lucid/services/db'
import type { DomainEvent } from '#platform'
import { onTheWay } from './accounting/on_the_way.ts'

/** Of a note our own sentence stays; a server's words, which may hold a name, go. */
export const OWN_WORDS = `case when reason like 'bounce\\_%' or reason like 'refused\\_%' then split_part(note, ' · ', 1) else note end`
export const ownWords = () => db.raw(OWN_WORDS)

/**
 * `contact.erased`: messages keep what became of them and lose address and merge values; so do the provider's stored
 * words about them. One that is on its way at this moment needs its bytes for a retry of the same call: failing makes
 * the event come again when it has arrived.
 */
export async function forgetMessages({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const contactId = Number(payload.contact_id)
  /** Asked before anything is forgotten: what comes to its end meanwhile would bring its address after us. */
  const coming = await onTheWay({ workspaceId, contactIds: [contactId], isInHand: true }, db.connection())
  await db.rawQuery(
    `update batches b set sealed = (
       select jsonb_agg(case when (person->>'id')::bigint = ? then person - 'email' - 'merge' else person end order by no)
       from jsonb_array_elements(b.sealed) with ordinality as people (person, no)
     ), last_error = null
     where b.workspace_id = ? and b.contact_ids @> array[?]::bigint[] and b.state <> 'sealed'
       and (b.sealed is not null or b.last_error is not null)`,
    [contactId, workspaceId, contactId]
  )
  await db
    .from('messages')
    .where({ workspace_id: workspaceId, contact_id: contactId })
    .update({ email: null, note: ownWords() })
  await db.rawQuery(
    `update provider_events set body = body #- '{data,to}' #- '{data,subject}' #- '{data,report}' #- '{data,bounce}'
     where workspace_id = ? and (body->'data'->'tags'->>'m' = ? or body->'data'->'tags'->>'s' in (
       select id::text from service_messages where workspace_id = ? and contact_id = ?))`,
    [workspaceId, String(contactId), workspaceId, contactId]
  )
  await db.from('bounces').where({ workspace_id: workspaceId, contact_id: contactId }).update({ words: null })
  const service = { workspace_id: workspaceId, contact_id: contactId }
  await db
    .from('service_messages')
    .where({ ...service, state: 'queued' })
    .update({ state: 'withheld', reason: 'suppressed_erased', ended_at: new Date() })
  await db
    .from('service_messages')
    .where(service)
    .whereNot('state', 'sealed')
    .update({ email: null, subject: null, mail: null, note: ownWords() })
  const isLeaving = await db
    .from('service_messages')
    .where({ ...service, state: 'sealed' })
    .first()
  if (isLeaving || coming.length > 0)
    throw new Error('A message to this person is on its way; its address goes when it has arrived.')
}
