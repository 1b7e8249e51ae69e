import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { addressHash } from '#consent'
import { ensureMonth, thisMonth } from '#delivery'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { ada, yes } from '#tests/support/ada'
import { ask, importFile, upload } from '#tests/support/imports'
import { letReceive } from '#tests/support/suppressions'
import { tracesOf } from '#tests/support/traces'

const OLD = 'zebedee@old.example.com'

/** Zebedee, who wrote from another address before, and what is known of that one. */
async function moved(client: any) {
  const { workspace, token, topic } = await ada(client)
  const mine = { workspace_id: workspace.id }
  const list = `email,first_name\nZebedee@old.example.com,Somebody\nbroken ${OLD} x,Nobody\n`
  await importFile({ workspace, token }, list, { mapping: { email: 'email', first_name: 'first_name' } })
  const [{ id }] = await db.from('contacts').where({ ...mine, email_key: OLD })
  const waiting = await upload(token, `email,first_name\nben@example.com,Ben\n${OLD},Somebody\n`)
  await ask(token, 'POST', '/suppressions', { address: 'Zebedee@old.example.com', reason: 'hard_bounce' })
  await ask(token, 'PATCH', `/contacts/${id}`, { email: 'zebedee@new.example.com' })
  const hash = addressHash(workspace.id, OLD)
  await db.table('captured_messages').insert({
    ...mine,
    provider_id: 'captured',
    from_address: 'hello@bluedoor.test',
    to_address: OLD,
    subject: 'Hello',
  })
  await db
    .table('service_messages')
    .insert({ ...mine, email: OLD, email_hash: hash, subject: 'Hello', state: 'accepted' })
  await db.table('provider_events').insert({
    ...mine,
    event_id: 'event',
    type: 'email.bounced',
    body: JSON.stringify({ data: { to: [OLD] } }),
    occurred_at: new Date(),
    applied_at: new Date(),
  })
  const erase = async () => {
    await ask(token, 'POST', `/contacts/${id}/erase`)
    while ((await dispatchDueEvents(listeners, { workspaceId: workspace.id })) > 0);
  }
  return { workspace, token, topic, id: String(id), waiting: waiting.body, hash, mine, erase }
}

test.group('An address that an erased person had before', () => {
  test('is found nowhere either', async ({ client, assert }) => {
    const { workspace, erase } = await moved(client)
    assert.isNotEmpty(await tracesOf(workspace.id, [OLD]))
    await erase()
    assert.deepEqual(await tracesOf(workspace.id, [OLD, 'zebedee']), [])
  })

  test('becomes mailable by no import, also about what they never agreed to', async ({ client, assert }) => {
    const { workspace, token, topic, erase, mine } = await moved(client)
    await letReceive(workspace, [OLD])
    await erase()
    await importFile({ workspace, token }, `email\n${OLD}\n`, {
      mapping: { email: 'email' },
      consent: { ...yes, topic_ids: [String(topic.id)], collected_at: '2026-01-01' },
    })
    const [back] = await db
      .from('contacts')
      .where({ ...mine, email_key: OLD })
      .whereNull('deleted_at')
    const about = { contact_id: String(back.id), topic_id: String(topic.id) }
    assert.equal((await ask(token, 'POST', '/consents/check', about)).body.reason, 'suppressed_erased')
  })

  test('stays with whoever has it now', async ({ client, assert }) => {
    const { workspace, token, topic, erase } = await moved(client)
    await letReceive(workspace, [OLD])
    const cara = (await ask(token, 'POST', '/contacts', { email: OLD, first_name: 'Cara' })).body
    await ask(token, 'POST', `/contacts/${cara.id}/consents`, { ...yes, topic_id: String(topic.id) })
    await erase()
    const about = { contact_id: cara.id, topic_id: String(topic.id) }
    assert.isTrue((await ask(token, 'POST', '/consents/check', about)).body.may_receive)
    assert.equal((await ask(token, 'GET', `/contacts/${cara.id}`)).body.email, OLD)
  })

  test('goes from the mails of whoever had it by mistake', async ({ client, assert }) => {
    const { workspace, token, mine } = await moved(client)
    const mistaken = 'yolanda@typed.example.com'
    const dev = (await ask(token, 'POST', '/contacts', { email: mistaken, first_name: 'Dev' })).body
    const of = { ...mine, month: thisMonth(), campaign_id: 1 }
    await ensureMonth(db.connection(), of.month)
    const [batch] = await db
      .table('batches')
      .returning('id')
      .insert({
        ...of,
        shipment_id: 1,
        no: 0,
        contact_ids: [Number(dev.id)],
        state: 'done',
        idempotency_key: `mistaken-${workspace.id}`,
        sealed: JSON.stringify([{ id: Number(dev.id), email: mistaken, merge: { contact: { first_name: 'Dev' } } }]),
      })
    await db.table('messages').insert({
      ...of,
      contact_id: Number(dev.id),
      batch_id: batch.id,
      position: 0,
      state: 'delivered',
      email: 'Yolanda@typed.example.com',
    })
    await ask(token, 'PATCH', `/contacts/${dev.id}`, { email: 'dev@example.com' })
    const yolanda = (await ask(token, 'POST', '/contacts', { email: mistaken })).body
    await ask(token, 'POST', `/contacts/${yolanda.id}/erase`)
    while ((await dispatchDueEvents(listeners, { workspaceId: workspace.id })) > 0);
    assert.deepEqual(await tracesOf(workspace.id, ['yolanda']), [])
    const [sealed] = (
      await db
        .from('batches')
        .where({ ...mine, id: batch.id })
        .first()
    ).sealed
    assert.deepEqual(sealed, { id: Number(dev.id), merge: { contact: { first_name: 'Dev' } } })
  })
})
