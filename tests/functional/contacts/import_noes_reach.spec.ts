import { setTimeout as pause } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { trackingOfPerson, verifyLedger } from '#consent'
import { runImport } from '#contacts'
import { mailable } from '#tests/support/consent'
import { setEnvironment } from '#tests/support/environment'
import { ask, importFile, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const BAD_PHONE = '0660 12'

async function stage() {
  const baker = await bakery()
  const { token } = baker
  const topic = (await ask(token, 'POST', '/topics', { name: 'News' })).body.id as string
  const grant = (id: string, at?: string) =>
    ask(token, 'POST', `/contacts/${id}/consents`, {
      channel: 'email', topic_id: topic, action: 'grant', basis: 'consent_express', statement: 'yes', source: 'till', occurred_at: at,
    }) // prettier-ignore
  const agreed = async (name: string, at?: string) => {
    const { id } = (await ask(token, 'POST', '/contacts', { email: `${name}@example.test` })).body
    await grant(id, at)
    return id as string
  }
  const consent = {
    channel: 'email',
    topic_ids: [topic],
    basis: 'consent_express',
    statement: 'I want the news.',
    source: 'shop',
    collected_at: '2020-01-31',
    decided_by: [{ column: 'news', agreed: ['yes'], withdrawn: ['no'] }],
  }
  const mapping = { id: 'external_id', email: 'email', phone: 'phone' }
  const take = (...rows: string[]) =>
    importFile(baker, `id,email,phone,news\n${rows.join('\n')}\n`, { mapping, consent })
  return { ...baker, topic, grant, agreed, take, mapping, consent, mailed: () => mailable(baker.workspace.id, topic) }
}
const isIntact = async ({ id }: { id: number }) => (await verifyLedger({ workspaceId: id })).breaks.length === 0

test.group('A no of a list', () => {
  test('counts from when it was heard: what was agreed before is not agreed again by saying so', async ({ assert }) => {
    const { workspace, grant, agreed, take, mailed } = await stage()
    const ada = await agreed('ada', '2025-05-01T10:00:00Z')
    await agreed('ben', '2025-05-01T10:00:00Z')
    await take(',ada@example.test,,no', `,ben@example.test,${BAD_PHONE},no`)
    assert.deepEqual(await mailed(), [])
    assert.equal((await grant(ada, '2025-05-01T10:00:00Z')).status, 201)
    assert.deepEqual(await mailed(), [])
    await grant(ada)
    assert.deepEqual(await mailed(), ['ada'])
    assert.isTrue(await isIntact(workspace))
  })

  test('follows the person whose address it was, also after a merge, but not when somebody else has it', async ({
    assert,
  }) => {
    for (const phone of ['', BAD_PHONE]) {
      const { workspace, token, agreed, take, mailed } = await stage()
      const move = (id: string, name: string) =>
        ask(token, 'PATCH', `/contacts/${id}`, { email: `${name}@example.test` })
      const ada = await agreed('ada')
      await move(ada, 'ada.new')
      const [ben, benjamin] = [await agreed('ben'), await agreed('benjamin')]
      await ask(token, 'POST', `/contacts/${ben}/merge`, { into: benjamin })
      await move(await agreed('cara'), 'cara.new')
      await agreed('cara')
      await agreed('dev')
      assert.sameMembers(await mailed(), ['ada.new', 'benjamin', 'cara', 'cara.new', 'dev'])
      await take(...['ada', 'ben', 'cara'].map((name) => `,${name}@example.test,${phone},no`))
      assert.deepEqual(await mailed(), ['cara.new', 'dev'])
      assert.isTrue(await isIntact(workspace))
    }
  })

  test('follows them also when an earlier lot brought the address in again', async ({ assert }) => {
    setEnvironment({ ASSENT_LOT_ROWS: '1' })
    const { token, agreed, take, mailed } = await stage()
    await ask(token, 'PATCH', `/contacts/${await agreed('ada')}`, { email: 'ada.new@example.test' })
    await take(',ada@example.test,,yes', ',ada@example.test,,no')
    assert.deepEqual(await mailed(), [])
  })

  test('to opens and clicks follows them, too', async ({ assert }) => {
    const { workspace, token, agreed, topic, ...bakers } = await stage()
    const ada = await agreed('ada')
    const said = { statement: 'You may note it.', source: 'till', collected_at: '2020-01-31' }
    const options = { mapping: { email: 'email', news: 'tracking' }, tracking: said }
    const take = (row: string) => importFile({ ...bakers, workspace, token }, `email,news\n${row}\n`, options)
    await take('ada@example.test,yes')
    await ask(token, 'PATCH', `/contacts/${ada}`, { email: 'ada.new@example.test' })
    await take('ada@example.test,no')
    assert.equal((await trackingOfPerson({ workspaceId: workspace.id, contactId: Number(ada) })).status, 'withdrawn')
  })

  test('by a number alone is heard before a later row brings the person with that number', async ({ assert }) => {
    for (const lotRows of ['1', '100']) {
      setEnvironment({ ASSENT_LOT_ROWS: lotRows })
      const { take, mailed } = await stage()
      const done = await take(`x1,,${BAD_PHONE},no`, 'x1,ada@example.test,,yes', 'x2,ben@example.test,,yes')
      assert.containsSubset(done.counts, { new: 2, invalid: 1, by_topic: [{ agreed: 1, said_no: 1, unknown: 0 }] })
      assert.deepEqual(await mailed(), ['ben'], lotRows)
    }
  })

  test('is not lost when the person is merged or deleted at this very moment', async ({ assert }) => {
    const { workspace, token, agreed, take, mailed } = await stage()
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await agreed(`one${round}`), await agreed(`other${round}`)]
      await Promise.all([
        take(`,one${round}@example.test,,no`),
        ask(token, 'POST', `/contacts/${one}/merge`, { into: other }),
      ])
    }
    assert.deepEqual(await mailed(), [])
    assert.isTrue(await isIntact(workspace))
  })

  test('waits for whoever is changing the person', async ({ assert }) => {
    const { workspace, token, agreed, mapping, consent, mailed } = await stage()
    const ada = Number(await agreed('ada'))
    const other = Number(await agreed('other'))
    const { body } = await upload(token, 'id,email,phone,news\n,ada@example.test,,no\n')
    await ask(token, 'POST', `/imports/${body.id}/start`, { mapping, consent })
    const trx = await db.transaction()
    await trx.from('contacts').where({ workspace_id: workspace.id, id: ada }).forUpdate()
    const running = runImport({ workspaceId: workspace.id, importId: Number(body.id) })
    await waitsForLock(running)
    await trx
      .from('contacts')
      .where({ workspace_id: workspace.id, id: ada })
      .update({ deleted_at: new Date(), merged_into: other })
    await trx.rawQuery(
      `insert into former_addresses (workspace_id, channel, address_hash, contact_id)
       select workspace_id, 'email', email_hash, id from contacts where workspace_id = ? and id = ?`,
      [workspace.id, ada]
    )
    await trx.commit()
    await running
    assert.deepEqual(await mailed(), [])
  })
})

/** Until a lot waits for a row that somebody else holds, or `otherwise` ends without. */
async function waitsForLock(otherwise: Promise<void>) {
  let isOver = false
  void otherwise.finally(() => (isOver = true))
  while (!isOver) {
    const { rows } = await db.rawQuery(
      `select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query ilike '%import_staging%'`
    )
    if (rows[0].waiting > 0) return
    await pause(20)
  }
}
