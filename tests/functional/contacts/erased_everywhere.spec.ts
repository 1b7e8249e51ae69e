import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { addressHash } from '#consent'
import { ensureMonth, thisMonth } from '#delivery'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { ada, yes } from '#tests/support/ada'
import { ask, importFile, suggestedMapping, upload } from '#tests/support/imports'
import { letReceive } from '#tests/support/suppressions'
import { tracesOf } from '#tests/support/traces'

/** What must be found nowhere: the address, the names, a custom value, where they read from. */
const traces = ['zebedee@example.com', 'zebedee', 'quagmire', 'marzipan-77', '203.0.113.99', 'zebrabrowser', '4960000']

async function planted(client: any) {
  const { workspace, token, topic } = await ada(client)
  await client.post('/api/v1/fields').bearerToken(token).json({ key: 'sweet', label: 'Favourite sweet', type: 'text' })
  const imported = await importFile(
    { workspace, token },
    'email,first_name,sweet\nZebedee@Example.com,Zebedee,marzipan-77\nbroken zebedee@example.com x,Zebedee,none\nben@example.com,Ben,\n',
    { mapping: { email: 'email', first_name: 'first_name', sweet: 'attributes.sweet' } }
  )
  const [{ id }] = await db.from('contacts').where({ workspace_id: workspace.id, email_key: 'zebedee@example.com' })
  await client
    .patch(`/api/v1/contacts/${id}`)
    .bearerToken(token)
    .json({ last_name: 'Quagmire', phone: '+441174960000' })
  await client
    .post(`/api/v1/contacts/${id}/consents`)
    .bearerToken(token)
    .json({
      ...yes,
      topic_id: String(topic.id),
      ip: '203.0.113.99',
      user_agent: 'ZebraBrowser',
      reason: 'Zebedee said',
    })
  const waiting = await upload(token, 'email,first_name\nben@example.com,"Ben, B."\nzebedee@example.com,Zebedee\n')
  const mine = { workspace_id: workspace.id }
  const hash = addressHash(workspace.id, 'zebedee@example.com')
  await db.table('captured_messages').multiInsert(
    [id, null].map((contact, i) => ({
      ...mine,
      provider_id: `captured-${i}`,
      from_address: 'hello@bluedoor.test',
      to_address: contact ? 'zebedee@example.com' : '"Zebedee Quagmire" <zebedee@example.com>',
      subject: 'Zebedee!',
      html: '<p>marzipan-77</p>',
      contact_id: contact,
    }))
  )
  const month = thisMonth()
  await ensureMonth(db.connection(), month)
  const of = { ...mine, month, campaign_id: 1 }
  const told = { id, email: 'zebedee@example.com', merge: { contact: { first_name: 'Zebedee' } } }
  const [batch] = await db
    .table('batches')
    .returning('id')
    .insert({
      ...of,
      shipment_id: 1,
      no: 0,
      contact_ids: [id],
      state: 'split',
      idempotency_key: `erased-${workspace.id}`,
      sealed: JSON.stringify([told]),
    })
  await db.table('messages').insert({
    ...of,
    contact_id: id,
    batch_id: batch.id,
    position: 0,
    state: 'bounced',
    reason: 'bounce_hard',
    note: 'The address does not exist. · 550 zebedee@example.com unknown',
    email: 'zebedee@example.com',
  })
  await db.table('engagements').insert({
    ...of,
    contact_id: id,
    kind: 'click',
    link_no: 1,
    verdict: 'human',
    rule: 'none',
    user_agent: 'ZebraBrowser',
    ip_hash: Buffer.from('203.0.113.99'),
  })
  await db.table('service_messages').multiInsert(
    [id, null].map((contact) => ({
      ...mine,
      contact_id: contact,
      email: 'zebedee@example.com',
      email_hash: hash,
      subject: 'Your marzipan-77, Zebedee',
      mail: JSON.stringify({ html: 'Zebedee' }),
      state: contact ? 'delivered' : 'accepted',
    }))
  )
  await db.table('bounces').multiInsert(
    [id, null].map((contact) => ({
      ...mine,
      class: 'hard',
      rule: 'no_such_user',
      words: 'Zebedee Quagmire does not work here',
      at: new Date(),
      source: 'webhook',
      contact_id: contact,
      address_hash: hash,
    }))
  )
  await db.table('provider_events').multiInsert(
    [
      { tags: { m: String(id) }, subject: 'Zebedee!' },
      { email: 'Zebedee@Example.com', origin: 'manual' },
    ].map((data, i) => ({
      ...mine,
      event_id: `event-${i}`,
      type: 'email.bounced',
      body: JSON.stringify({ data: { ...data, to: ['"Zebedee" <zebedee@example.com>'] } }),
      occurred_at: new Date(),
      applied_at: new Date(),
    }))
  )
  const signedUp = {
    ...mine,
    form_id: 1,
    version: 1,
    email: 'Zebedee@Example.com',
    email_hash: hash,
    answers: JSON.stringify({ 'first_name': 'Zebedee', 'attributes.sweet': 'marzipan-77' }),
    topic_ids: db.raw(`'{}'::bigint[]`),
    ip: '203.0.113.99',
    user_agent: 'ZebraBrowser',
  }
  await db.table('form_submissions').multiInsert([
    { ...signedUp, state: 'doubtful', score: 50 },
    {
      ...signedUp,
      state: 'rejected',
      score: 99,
      judged_at: new Date(),
      judged_by: 'Ada',
      judged_reason: 'No Quagmire',
    },
    { ...signedUp, state: 'repeated', contact_id: id },
  ])
  await db.table('audit_entries').insert({
    ...mine,
    actor_kind: 'person',
    actor_id: id,
    actor_label: 'The person themselves',
    action: 'consent.withdrawn',
    subject_type: 'contact',
    subject_id: String(id),
    ip: '203.0.113.99',
  })
  await plantRights({ workspace, token, id, hash })
  await client
    .post('/api/v1/suppressions')
    .bearerToken(token)
    .json({ address: 'zebedee@example.com', note: 'Zebedee called' })
  await letReceive(workspace, ['zebedee@example.com'], 'Zebedee called again')
  return { workspace, token, topic, id: String(id), imported, waiting: waiting.body }
}

/** What forms, requests and the bounce mailbox know of them. */
async function plantRights({
  workspace,
  token,
  id,
  hash,
}: {
  workspace: any
  token: string
  id: number
  hash: Buffer
}) {
  const mine = { workspace_id: workspace.id }
  await db.table('form_submissions').multiInsert(
    [id, null].map((contact) => ({
      ...mine,
      form_id: 1,
      version: 1,
      state: contact ? 'pending' : 'doubtful',
      contact_id: contact,
      email: 'Zebedee@example.com',
      email_hash: hash,
      answers: JSON.stringify({ last_name: 'Quagmire' }),
      topic_ids: '{}',
      origin: 'https://zebedee.example',
      ip: '203.0.113.99',
      user_agent: 'ZebraBrowser',
      confirmed_ip: '203.0.113.99',
      confirmed_agent: 'ZebraBrowser',
      judged_reason: 'Zebedee is known here',
    }))
  )
  for (const kind of ['access', 'restriction', 'portability']) {
    const asked = { contact_id: Number(id), kind, note: 'Zebedee Quagmire wrote' }
    const request = (await ask(token, 'POST', '/privacy-requests', asked)).body
    if (kind === 'restriction') await ask(token, 'POST', `/privacy-requests/${request.id}/fulfil`, {})
    if (kind === 'portability') {
      await ask(token, 'POST', `/privacy-requests/${request.id}/refuse`, { reason: 'It is not Zebedee' })
    }
  }
  await ask(token, 'DELETE', `/contacts/${id}/restriction`, { reason: 'Zebedee agreed' })
  await ask(token, 'POST', `/contacts/${id}/restriction`, { reason: 'Zebedee asked again' })
  const services = await db.from('service_messages').where(mine).select('id')
  const mails = [{ c: '1', m: String(id) }, ...services.map((one) => ({ s: String(one.id) }))]
  await db.table('provider_events').multiInsert(
    mails.map((tags, i) => ({
      ...mine,
      event_id: `mailbox-${i}`,
      type: 'mailbox.bounced',
      body: JSON.stringify({ data: { tags, report: { status: '5.1.1', text: 'Zebedee Quagmire has left us' } } }),
      occurred_at: new Date(),
      applied_at: new Date(),
    }))
  )
}

test.group('Somebody who was everywhere and is erased', () => {
  test('is found in no column of any table; numbers and other people stay', async ({ client, assert }) => {
    const { workspace, token, id, waiting } = await planted(client)
    assert.isNotEmpty(await tracesOf(workspace.id, traces))
    const mine = { workspace_id: workspace.id }
    const count = async () => {
      const tables = [
        'form_submissions',
        'privacy_requests',
        'messages',
        'engagements',
        'service_messages',
        'bounces',
        'provider_events',
        'captured_messages',
      ]
      return Promise.all(tables.map(async (table) => (await db.from(table).where(mine).count('* as n'))[0].n))
    }
    const before = await count()
    ;(await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)).assertStatus(200)
    while ((await dispatchDueEvents(listeners, { workspaceId: workspace.id })) > 0);
    assert.deepEqual(await tracesOf(workspace.id, traces), [])
    const [, requests] = before
    assert.deepEqual(await count(), before.with(1, requests + 1), 'and the request of the erasure')
    assert.lengthOf(await db.from('domain_events').where(mine).whereNull('dispatched_at'), 0)

    const file = await ask(token, 'GET', `/imports/${waiting.id}`)
    assert.deepEqual(
      file.body.columns.map(({ sample }: any) => sample),
      [['ben@example.com'], ['Ben, B.']]
    )
    const preview = await ask(token, 'POST', `/imports/${waiting.id}/preview`, {
      mapping: suggestedMapping(file.body.columns),
    })
    assert.deepInclude(preview.body, { unchanged: 0, changed: 1, invalid: 0, suppressed: 0 })
  })

  test('does not come back as mailable by an import, the API or a merge', async ({ client, assert }) => {
    const { workspace, token, topic, id } = await planted(client)
    await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)
    const check = async (contact: string) =>
      (await ask(token, 'POST', '/consents/check', { contact_id: contact, topic_id: String(topic.id) })).body
    const again = await importFile({ workspace, token }, 'email\nzebedee@example.com\n', {
      mapping: { email: 'email' },
      consent: {
        channel: 'email',
        topic_ids: [String(topic.id)],
        basis: 'consent_express',
        statement: 'Yes',
        source: 'list',
        collected_at: '2026-01-01',
      },
    })
    assert.equal(again.counts?.suppressed ?? again.suppressed, 1)
    const [back] = await db
      .from('contacts')
      .where({ workspace_id: workspace.id, email_key: 'zebedee@example.com' })
      .whereNull('deleted_at')
    assert.equal((await check(String(back.id))).reason, 'suppressed_erased')
    await ask(token, 'POST', `/contacts/${back.id}/consents`, { ...yes, topic_id: String(topic.id) })
    assert.equal((await check(String(back.id))).reason, 'suppressed_erased')
    const nameless = (await ask(token, 'POST', '/contacts', { first_name: 'Somebody' })).body
    await ask(token, 'POST', `/contacts/${nameless.id}/consents`, { ...yes, topic_id: String(topic.id) })
    await ask(token, 'POST', `/contacts/${back.id}/merge`, { into: nameless.id })
    assert.equal((await check(nameless.id)).reason, 'suppressed_erased')
  })
})
