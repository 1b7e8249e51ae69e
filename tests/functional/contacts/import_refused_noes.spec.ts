import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { trackingOfPerson, verifyLedger } from '#consent'
import { runImport } from '#contacts'
import { mailable } from '#tests/support/consent'
import { setEnvironment } from '#tests/support/environment'
import { ask, importFile, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const KEPT = 'Its no counts all the same.'
const BAD_PHONE = '0660 12'

async function stage() {
  const baker = await bakery()
  const topic = async (name: string) => (await ask(baker.token, 'POST', '/topics', { name })).body.id as string
  return { ...baker, news: await topic('News'), offers: await topic('Offers') }
}
type Stage = Awaited<ReturnType<typeof stage>>

const consentTo = (topicIds: string[], more: object = {}) => ({
  channel: 'email',
  topic_ids: topicIds,
  basis: 'consent_express',
  statement: 'I want the news of the Blue Door Bakery.',
  source: 'till list 2026',
  collected_at: '2026-10-03',
  ...more,
})
const said = (topicId: string, column = 'news') =>
  consentTo([topicId], { decided_by: [{ column, agreed: ['yes'], withdrawn: ['no'] }] })

const COLUMNS = { email: 'email', phone: 'phone' }
const list = (...rows: string[]) =>
  `email,phone,news\n${rows.map((row) => row.replace(',', '@example.test,')).join('\n')}\n`

/** People who are here and agreed. */
const everybodyAgreed = (bakers: Stage, names: string[], topicIds = [bakers.news]) =>
  importFile(bakers, `email\n${names.map((name) => `${name}@example.test`).join('\n')}\n`, {
    consent: consentTo(topicIds, { collected_at: new Date().toISOString() }),
  })

async function check({ token }: Stage, file: string, options: object) {
  const { body } = await upload(token, file)
  return (await ask(token, 'POST', `/imports/${body.id}/preview`, { mapping: COLUMNS, ...options })).body
}

const take = (bakers: Stage, file: string, options: object) =>
  importFile(bakers, file, { mapping: COLUMNS, ...options })

const reasons = async (id: string) =>
  (await db.from('import_rows').where({ import_id: id, outcome: 'rejected' }).orderBy('line')).map((row) => row.reason)

const contacts = async ({ workspace }: Stage) =>
  (await db.from('contacts').where('workspace_id', workspace.id).whereNull('deleted_at').orderBy('email_key')).map(
    ({ email_key: key }) => key.split('@')[0]
  )
const entries = ({ workspace }: Stage) => db.from('consent_entries').where('workspace_id', workspace.id).orderBy('id')
const intact = async ({ workspace }: Stage) => (await verifyLedger({ workspaceId: workspace.id })).breaks.length === 0

test.group('A row that is refused and says no', () => {
  for (const conflict of ['update', 'skip']) {
    test(`ends what that person agreed to; its yes does nothing (${conflict})`, async ({ assert }) => {
      const bakers = await stage()
      await everybodyAgreed(bakers, ['ada', 'ben', 'cara'])
      const file = list(`ben,${BAD_PHONE},no`, `dev,${BAD_PHONE},yes`, 'cara,,no', 'eve,,yes')
      const options = { consent: said(bakers.news), on_conflict: conflict }
      const looked = await check(bakers, file, options)
      const counted = { new: 1, unchanged: 1, invalid: 2, invalid_said_no: 1 }
      assert.deepInclude(looked, counted)
      assert.lengthOf(looked.samples.invalid, 2)
      assert.isTrue(looked.samples.invalid[0].reason.endsWith(KEPT), looked.samples.invalid[0].reason)
      assert.notInclude(looked.samples.invalid[1].reason, KEPT)
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'ben', 'cara'])

      const done = await take(bakers, file, options)
      assert.deepInclude(done.counts, { ...counted, withdrawn: 2, agreed: 1 })
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'eve'])
      const told = await reasons(done.id)
      assert.deepEqual([told[0].endsWith(KEPT), told[1].includes(KEPT)], [true, false])
      const entry = (await entries(bakers)).find(({ action }) => action === 'withdraw')
      assert.deepInclude(entry, {
        source_kind: 'import',
        source_ref: done.id,
        statement: 'No, by the list: “news” is “no”.',
      })

      const mended = await take(bakers, list('ben,+43 660 1234567,no', 'dev,+43 660 1234568,yes'), options)
      assert.deepInclude(mended.counts, { new: 1, invalid: 0, invalid_said_no: 0, withdrawn: 0, agreed: 1 })
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'dev', 'eve'])
      assert.isTrue(await intact(bakers))
    })
  }

  test('is remembered by its address where it names nobody who is here', async ({ assert }) => {
    const bakers = await stage()
    const options = { consent: said(bakers.news) }
    const refused = list(`ben,${BAD_PHONE},no`)
    assert.deepInclude(await check(bakers, refused, options), { new: 0, invalid: 1, invalid_said_no: 1 })
    const first = await take(bakers, refused, options)
    assert.deepInclude(first.counts, { new: 0, invalid: 1, invalid_said_no: 1, withdrawn: 1, by_topic: [{ topic_id: bakers.news, agreed: 0, said_no: 0, unknown: 0 }] }) // prettier-ignore
    assert.deepEqual(await contacts(bakers), [])
    assert.lengthOf(await db.from('contacts').where('workspace_id', bakers.workspace.id), 0)
    assert.lengthOf(await db.from('suppressions').where('workspace_id', bakers.workspace.id), 0)
    assert.lengthOf(await entries(bakers), 1)
    assert.notInclude(
      JSON.stringify(await db.from('former_addresses').where('workspace_id', bakers.workspace.id)),
      'ben'
    )

    const again = await take(bakers, refused, options)
    assert.deepInclude(again.counts, { invalid_said_no: 1, withdrawn: 0 })
    assert.lengthOf(await entries(bakers), 1)
    const undone = await ask(bakers.token, 'POST', `/imports/${first.id}/undo`)
    assert.equal(undone.status, 200, undone.text)

    const later = { consent: consentTo([bakers.news], { collected_at: new Date().toISOString() }) }
    assert.deepInclude(await check(bakers, list('BEN,,', 'ada,,'), later), { new: 2, already_withdrawn: 1 })
    const everybody = await take(bakers, list('BEN,,', 'ada,,'), later)
    assert.deepInclude(everybody.counts, { new: 2, already_withdrawn: 1, agreed: 1 })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada'])

    const mended = await take(bakers, list('ben,+43 660 1234567,no'), options)
    assert.deepInclude(mended.counts, { changed: 1, withdrawn: 1 })
    const ben = await db
      .from('contacts')
      .where({ workspace_id: bakers.workspace.id, email_key: 'ben@example.test' })
      .firstOrFail()
    await ask(bakers.token, 'POST', `/contacts/${ben.id}/consents`, {
      channel: 'email', topic_id: bakers.news, action: 'grant', basis: 'consent_express', statement: 'yes', source: 'phone',
    }) // prettier-ignore
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'ben'])
    assert.isTrue(await intact(bakers))
  })

  test('holds for whoever gets the address, and for who had it and comes back', async ({ assert }) => {
    const bakers = await stage()
    await everybodyAgreed(bakers, ['ada', 'old.ben'])
    const [ada, ben] = await db.from('contacts').where('workspace_id', bakers.workspace.id).orderBy('email_key')
    await ask(bakers.token, 'PATCH', `/contacts/${ben.id}`, { email: 'ben@example.test' })
    await ask(bakers.token, 'DELETE', `/contacts/${ben.id}`)
    const done = await take(bakers, list(`ben,${BAD_PHONE},no`, `cara,${BAD_PHONE},no`), { consent: said(bakers.news) })
    assert.deepInclude(done.counts, { invalid_said_no: 2, withdrawn: 2 })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada'])
    assert.equal((await ask(bakers.token, 'POST', `/contacts/${ben.id}/restore`)).status, 200)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada'])
    assert.equal((await ask(bakers.token, 'PATCH', `/contacts/${ada.id}`, { email: 'cara@example.test' })).status, 200)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), [])
  })

  test('is heard whatever it is refused for, by topic, and its yes to another topic is not', async ({ assert }) => {
    const bakers = await stage()
    const { news, offers } = bakers
    await ask(bakers.token, 'POST', '/fields', { key: 'born', label: 'Born', type: 'date' })
    const rows = [
      ['field', 'x1,field@example.test,neverday,,no,yes'],
      ['day', 'x2,day@example.test,,1/3/2024,no,yes'],
      ['torn', 'x3,torn@example.test,"1990-01-01,,no,yes'],
      ['twice', 'x9,twice@example.test,,,no,yes'],
      ['other', 'taken,other@example.test,,,no,yes'],
      ['bynumber', 'x7,by@number,,,no,yes'],
      ['first', 'surplus,x8,first@example.test,,,no,yes'],
    ]
    await everybodyAgreed(bakers, [...rows.map(([name]) => name), 'long'], [news, offers])
    for (const [name, id] of [
      ['ada', 'taken'],
      ['bynumber', 'x7'],
    ]) {
      await ask(bakers.token, 'PUT', `/contacts/by-email/${name}@example.test`, { external_id: id })
    }
    const file = [
      'id,email,born,since,news,offers',
      'x9,earlier@example.test,,,,',
      ...rows.filter(([name]) => name !== 'torn').map(([, row]) => row),
      'x5,long@example.test,,,,,no,no',
      rows[2][1],
      '',
    ].join('\n')
    const decided = (column: string, topicId: string) => ({
      column,
      topic_ids: [topicId],
      agreed: ['yes'],
      withdrawn: ['no'],
    })
    const options = {
      mapping: { id: 'external_id', email: 'email', born: 'attributes.born' },
      consent: consentTo([news, offers], {
        decided_by: [decided('news', news), decided('offers', offers)],
        collected_at_column: 'since',
      }),
    }
    const everybody = ['bynumber', 'day', 'field', 'first', 'long', 'other', 'torn', 'twice']
    assert.deepEqual(await mailable(bakers.workspace.id, news), everybody)
    const looked = await check(bakers, file, options)
    assert.deepInclude(looked, { new: 1, invalid: 8, invalid_said_no: 8 }, JSON.stringify(looked))
    const done = await take(bakers, file, options)
    assert.deepInclude(done.counts, { new: 1, invalid: 8, invalid_said_no: 8 })
    assert.isTrue((await reasons(done.id)).every((reason) => reason.endsWith(KEPT)))
    assert.deepEqual(await mailable(bakers.workspace.id, news), [])
    assert.deepEqual(
      await mailable(bakers.workspace.id, offers),
      everybody.filter((name) => name !== 'long')
    )
    assert.isTrue(await intact(bakers))
  })

  test('with too many cells is read from both ends: a yes at either leaves it open', async ({ assert }) => {
    const bakers = await stage()
    await everybodyAgreed(bakers, ['ada', 'ben', 'cara'])
    const file =
      'email,name,vip,news\nada@example.test,Lovelace, Ada,no,yes\nben@example.test,B, Ben,,no\ncara@example.test,C, Cara,no,maybe\n'
    const done = await importFile(bakers, file, { mapping: { email: 'email' }, consent: said(bakers.news) })
    assert.deepInclude(done.counts, { invalid: 3, invalid_said_no: 2, withdrawn: 2 })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada'])
  })

  for (const conflict of ['update', 'skip']) {
    test(`outweighs each yes of the file, before it or after, lots apart or not (${conflict})`, async ({ assert }) => {
      for (const lotRows of ['2', '100']) {
        setEnvironment({ ASSENT_LOT_ROWS: lotRows })
        const bakers = await stage()
        const file = list(
          ...[`ada,${BAD_PHONE},no`, 'ben,,yes', 'ada,,yes', 'cara,,yes'],
          ...[`ben,${BAD_PHONE},no`, `cara,${BAD_PHONE},yes`, 'dev,,yes', `dev,${BAD_PHONE},no`],
          ...[`eve,${BAD_PHONE},no`, `eve,${BAD_PHONE},no`, 'dev,,yes', `ada,${BAD_PHONE},no`]
        )
        const options = { consent: said(bakers.news), on_conflict: conflict }
        const counted = { new: 4, duplicates_in_file: 1, invalid: 7, invalid_said_no: 6, by_topic: [{ topic_id: bakers.news, agreed: 1, said_no: 3, unknown: 0 }] } // prettier-ignore
        assert.deepInclude(await check(bakers, file, options), counted, `lots of ${lotRows}`)
        const done = await take(bakers, file, options)
        assert.deepInclude(done.counts, counted, `lots of ${lotRows}`)
        assert.deepEqual(await contacts(bakers), ['ada', 'ben', 'cara', 'dev'])
        assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['cara'])
        await take(bakers, list('eve,,yes'), options)
        assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['cara'])
        assert.isTrue(await intact(bakers))
      }
    })
  }

  test('stays a no for having opens and clicks noted, too', async ({ assert }) => {
    for (const conflict of ['update', 'skip']) {
      const bakers = await stage()
      const tracking = { statement: 'You may note it.', source: 'till', collected_at: '2026-10-03' }
      const options = { mapping: { email: 'email', phone: 'phone', news: 'tracking' }, tracking, on_conflict: conflict }
      await importFile(bakers, list('ada,,yes', 'ben,,yes', 'cara,,no', 'cara,,', 'dev,,no', 'dev,,yes'), options)
      const file = list(`ada,${BAD_PHONE},no`, 'ben,,no', `eve,${BAD_PHONE},no`, `finn,${BAD_PHONE},yes`)
      assert.deepInclude(await check(bakers, file, options), { invalid: 3, invalid_said_no: 2 })
      const done = await importFile(bakers, file, options)
      assert.deepInclude(done.counts, { invalid: 3, invalid_said_no: 2 })
      await importFile(bakers, list('eve,,yes', 'finn,,yes'), options)
      const people = await db.from('contacts').where('workspace_id', bakers.workspace.id).orderBy('email_key')
      const words = await Promise.all(
        people.map(
          async ({ id }) => (await trackingOfPerson({ workspaceId: bakers.workspace.id, contactId: id })).status
        )
      )
      assert.deepEqual(words, ['withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', 'granted'], conflict)
    }
  })

  test('wins, whichever of two imports about the same people comes first', async ({ assert }) => {
    const bakers = await stage()
    const names = Array.from({ length: 300 }, (_, i) => `p${i}`)
    const start = async (file: string, consent: object) => {
      const { body } = await upload(bakers.token, file)
      const started = await ask(bakers.token, 'POST', `/imports/${body.id}/start`, { mapping: COLUMNS, consent })
      assert.equal(started.status, 202, started.text)
      return Number(body.id)
    }
    const noes = await start(list(...names.map((name) => `${name},${BAD_PHONE},no`)), said(bakers.news))
    const yeses = await start(list(...names.toReversed().map((name) => `${name},,`)), consentTo([bakers.news]))
    const run = (importId: number) => runImport({ workspaceId: bakers.workspace.id, importId })
    await Promise.all([run(noes), run(yeses)])
    assert.lengthOf(await contacts(bakers), names.length)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), [])
    assert.isTrue(await intact(bakers))
  })
})
