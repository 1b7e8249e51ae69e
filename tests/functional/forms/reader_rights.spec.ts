import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { addressHash, suppress } from '#consent'
import { readableRecord, recordWords } from '#contacts'
import { theSystem } from '#identity'
import { adasMail } from '#tests/support/adas_mail'
import { ask } from '#tests/support/imports'
import { newestRightsMail } from '#tests/support/rights_mail'
import { letTheWorkerWork } from '#tests/support/worker'
import { memberOf } from '#tests/support/workspace'

const { names: NAMES } = JSON.parse(
  readFileSync(new URL('../../../resources/lang/de/record.json', import.meta.url), 'utf8')
)

type Mail = Awaited<ReturnType<typeof adasMail>>

const press = (client: any, mail: Mail, what: 'data' | 'erase') =>
  client.post(`${mail.urls.preferences}?lang=en`).form({ do: what })
const requests = ({ workspace }: Mail) => db.from('privacy_requests').where('workspace_id', workspace.id).orderBy('id')

/** Everything that a look must not change. */
const everything = async (mail: Mail) => ({
  requests: await requests(mail),
  ada: await db.from('contacts').where('id', mail.ada.id).first(),
  audit: (await db.from('audit_entries').where('workspace_id', mail.workspace.id)).length,
})

test.group('What readers ask for by right', () => {
  test('nothing is given for the link of a mail: it comes to the address itself, and a request is tracked', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const page = (await press(client, mail, 'data')).text()
    assert.include(page, 'A mail to A•••@example.test is on its way')
    const { mail: sent, path } = await newestRightsMail(mail.workspace)
    assert.deepInclude(sent, { to_address: 'Ada@example.test', subject: 'Your data at Blue Door Bakery' })
    assert.notInclude(page, path!.slice(0, 30))
    const [request] = (await ask(mail.token, 'GET', '/privacy-requests')).body.data
    assert.deepInclude(request, { kind: 'access', state: 'unconfirmed', channel: 'page', person: 'Ada' })
    assert.isNotNull(request.confirm_until)
    assert.lengthOf((await ask(mail.token, 'GET', '/privacy-requests?state=open')).body.data, 0)
  })

  test('a scanner that looks at the mail’s link changes nothing', async ({ client, assert }) => {
    const mail = await adasMail()
    for (const what of ['data', 'erase'] as const) await press(client, mail, what)
    await newestRightsMail(mail.workspace)
    const before = await everything(mail)
    const mails = await db.from('captured_messages').where('workspace_id', mail.workspace.id)
    for (const { text } of mails) {
      const path = /\/r\/[\w-]+\?lang=\w+/.exec(text)![0]
      for (const method of ['get', 'head'] as const) {
        const answer = await (client as any)[method](path)
        answer.assertStatus(200)
        assert.isUndefined(answer.header('set-cookie'))
      }
      ;(await client.post(path).form({ do: 'nonsense' })).assertStatus(200)
      ;(await client.post(path)).assertStatus(200)
    }
    assert.deepEqual(await everything(mail), before)
  })

  test('their data comes as JSON and to read, without the names of the team; the request is done', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await ask(mail.token, 'PATCH', `/contacts/${mail.ada.id}`, { last_name: 'Lovelace' })
    await press(client, mail, 'data')
    const { path } = await newestRightsMail(mail.workspace)
    const json = await client.post(path!).form({ do: 'json' })
    assert.match(json.header('content-disposition')!, /^attachment; filename="my-data\.json"$/)
    const record = JSON.parse(json.text())
    assert.deepInclude(record.contact, { email: 'Ada@example.test', last_name: 'Lovelace' })
    assert.lengthOf(record.consents.ledger, 2)
    assert.include(
      record.history.map(({ actor }: any) => actor),
      'the team'
    )
    const page = await client.post(path!).form({ do: 'page' })
    assert.match(page.header('content-disposition')!, /my-data\.html/)
    assert.include(page.text(), 'Lovelace')
    const [request] = (await ask(mail.token, 'GET', '/privacy-requests')).body.data
    assert.deepInclude(request, { state: 'done', settled_by: 'The person themselves', confirm_until: null })
    assert.equal(request.outcome.records.ledger_entries, 2)
    const audited = await db
      .from('audit_entries')
      .where({ workspace_id: mail.workspace.id, action: 'contact.exported' })
    assert.lengthOf(audited, 2)
    assert.deepInclude(audited[0], { actor_kind: 'person', actor_id: mail.ada.id })
  })

  test('what is to be read speaks their language, every name in it; JSON keeps its keys', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await press(client, mail, 'data')
    const { path } = await newestRightsMail(mail.workspace)
    const { exported_at: at, consents, ...rest } = JSON.parse((await client.post(path!).form({ do: 'json' })).text())
    assert.includeMembers(Object.keys(rest), ['contact', 'messages', 'sign_ups', 'history', 'privacy_requests'])
    assert.isString(at)
    const english = (await client.post(path!).form({ do: 'page' })).text()
    assert.include(english, '<html lang="en">')
    for (const [language, ...said] of [
      ['de', 'Was Blue Door Bakery über Sie speichert', 'Wozu Sie zugestimmt haben', 'Nichts ist gespeichert'],
      ['fr', 'Ce que Blue Door Bakery conserve sur vous', 'Base juridique', 'Rien n’est conservé'],
      ['es', 'Lo que Blue Door Bakery guarda sobre usted', 'Base jurídica', 'No se guarda nada'],
    ]) {
      const page = (await client.post(path!.replace(/lang=\w+/, `lang=${language}`)).form({ do: 'page' })).text()
      assert.include(page, `<html lang="${language}">`)
      for (const words of said) assert.include(page, words)
    }
    const words = recordWords(['de'])
    const keys = new Set<string>()
    readableRecord({ consents, ...rest }, { ...words, name: (key) => (keys.add(key), words.name(key)) })
    assert.isAbove(keys.size, 40)
    for (const key of keys) assert.property(NAMES, key)
  })

  test('they are deleted by the button alone, with a certificate; again is the same', async ({ client, assert }) => {
    const mail = await adasMail()
    await press(client, mail, 'erase')
    const { path } = await newestRightsMail(mail.workspace)
    assert.include((await client.get(path!)).text(), 'Delete my data for good')
    for (const again of [1, 2]) {
      const page = (await client.post(path!).form({ do: 'erase' })).text()
      assert.include(page, 'Your data is deleted', String(again))
      assert.include(page, addressHash(mail.workspace.id, 'ada@example.test').toString('hex'))
    }
    await letTheWorkerWork(mail.workspace)
    assert.include((await client.get(path!)).text(), 'Certificate')
    assert.deepInclude(await db.from('contacts').where('id', mail.ada.id).first(), { email: null, first_name: null })
    const suppressed = await db.from('suppressions').where('workspace_id', mail.workspace.id)
    assert.deepInclude(suppressed[0], { reason: 'erased', address: null })
    const [request] = (await ask(mail.token, 'GET', '/privacy-requests')).body.data
    assert.deepInclude(request, { kind: 'erasure', state: 'done', person: null })
    const certificate = await ask(mail.token, 'GET', `/privacy-requests/${request.id}/certificate`)
    assert.deepInclude(certificate.body, { kind: 'erasure', done_by: 'The person themselves' })
    assert.include((await press(client, mail, 'erase')).text(), 'There is nothing to choose here any more')
  })

  test('who was deleted by the team, and not erased, hears what is still kept, and takes or ends it', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const remove = () => ask(mail.token, 'DELETE', `/contacts/${mail.ada.id}`)
    assert.equal((await remove()).status, 200)
    for (const language of ['en', 'de', 'fr', 'es']) {
      const page = (await client.get(`${mail.urls.preferences}?lang=${language}`)).text()
      assert.include(page, 'A•••@example.test', language)
      assert.notMatch(page, /former\.|translation missing/i)
      assert.notInclude(page, 'name="topic"')
    }
    const seen = (await client.get(`${mail.urls.preferences}?lang=en`)).text()
    for (const words of [
      'You get nothing from Blue Door Bakery any more',
      'Your name',
      'One mail that you were sent',
    ]) {
      assert.include(seen, words)
    }
    const before = await everything(mail)
    await client.post(`${mail.urls.preferences}?lang=en`).form({ do: 'save', topic: String(mail.hours) })
    assert.deepEqual(await everything(mail), before, 'nothing else can be chosen')

    assert.include((await press(client, mail, 'data')).text(), 'A mail to A•••@example.test is on its way')
    const { path: toData } = await newestRightsMail(mail.workspace)
    const record = JSON.parse((await client.post(toData!).form({ do: 'json' })).text())
    assert.deepInclude(record.contact, { email: 'Ada@example.test', first_name: 'Ada' })

    await press(client, mail, 'erase')
    const { path, mail: letter } = await newestRightsMail(mail.workspace)
    assert.include((await client.post(path!).form({ do: 'erase' })).text(), 'Your data is deleted')
    await letTheWorkerWork(mail.workspace)
    assert.deepInclude(await db.from('contacts').where('id', mail.ada.id).first(), { email: null, first_name: null })
    assert.include((await client.get(`${mail.urls.preferences}?lang=en`)).text(), 'There is nothing to choose here')
    const left = await db.from('service_messages').where('workspace_id', mail.workspace.id)
    for (const { email } of left) assert.notEqual(email, 'Ada@example.test', 'also the mails about it are forgotten')
    assert.isNull(await db.from('captured_messages').where({ id: letter.id, to_address: 'Ada@example.test' }).first())
  })

  test('an address gets one such mail an hour and three a day, whoever presses', async ({ client, assert }) => {
    const mail = await adasMail()
    const later = (hours: number) =>
      db.rawQuery(
        `update privacy_requests set confirm_until = confirm_until - make_interval(hours => ?),
           mailed_at = array(select at - make_interval(hours => ?) from unnest(mailed_at) as m (at)) where workspace_id = ?`,
        [hours, hours, mail.workspace.id]
      )
    const pressed = async () => {
      assert.include((await press(client, mail, 'erase')).text(), 'is on its way')
      return (await newestRightsMail(mail.workspace)).count
    }
    assert.deepEqual([await pressed(), await pressed()], [1, 1])
    await later(2)
    assert.deepEqual([await pressed(), await pressed()], [2, 2])
    await later(2)
    assert.equal(await pressed(), 3)
    await later(2)
    assert.equal(await pressed(), 3, 'three a day')
    assert.lengthOf(await requests(mail), 1)
    await later(24 * 8)
    assert.equal(await pressed(), 4)
    assert.lengthOf(await requests(mail), 2, 'what nobody confirmed in time is another request')
  })

  test('a link works for a week, for the address that it went to, and until the request is refused', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await press(client, mail, 'erase')
    const { path } = await newestRightsMail(mail.workspace)
    const [request] = await requests(mail)
    const isDead = async () => {
      assert.include((await client.post(path!).form({ do: 'erase' })).text(), 'This link does not work any more')
      assert.isNull((await db.from('contacts').where('id', mail.ada.id).first()).erased_at)
    }
    await ask(mail.token, 'PATCH', `/contacts/${mail.ada.id}`, { email: 'ada.new@example.test' })
    await isDead()
    await ask(mail.token, 'PATCH', `/contacts/${mail.ada.id}`, { email: 'ada@example.test' })
    await db
      .from('privacy_requests')
      .where('id', request.id)
      .update({ confirm_until: new Date(Date.now() - 1) })
    await isDead()
    await db
      .from('privacy_requests')
      .where('id', request.id)
      .update({ confirm_until: new Date(Date.now() + 60_000) })
    await ask(mail.token, 'POST', `/privacy-requests/${request.id}/refuse`, { reason: 'an invoice is open' })
    await isDead()
    assert.include((await client.get('/r/nonsense')).text(), 'This link does not work any more')
  })

  test('who left everything gets it, who cannot be reached does not', async ({ client, assert }) => {
    const mail = await adasMail()
    await client.post(mail.urls.preferences).form({ do: 'leave' })
    await press(client, mail, 'data')
    assert.equal((await newestRightsMail(mail.workspace)).count, 1)
    const hash = addressHash(mail.workspace.id, 'ada@example.test')
    const by = { workspaceId: mail.workspace.id, source: 'test', actor: theSystem }
    await db.transaction((trx) => suppress({ ...by, addresses: [{ hash }], reason: 'hard_bounce', trx }))
    await press(client, mail, 'erase')
    assert.equal((await newestRightsMail(mail.workspace)).count, 1)
    const withheld = await db.from('service_messages').where({ workspace_id: mail.workspace.id, state: 'withheld' })
    assert.deepEqual(
      withheld.map(({ reason }) => reason),
      ['suppressed_hard_bounce']
    )
  })

  test('the Outbox opens the link for admins alone', async ({ client, assert }) => {
    const mail = await adasMail()
    await press(client, mail, 'data')
    const { path, mail: sent } = await newestRightsMail(mail.workspace)
    const link = path!.split('?')[0]
    const seenBy = async (token: string) => (await ask(token, 'GET', `/outbox/${sent!.id}`)).body
    assert.include((await seenBy(mail.token)).text, link)
    const editor = await memberOf(mail.workspace, { role: 'editor' })
    const { html, text } = await seenBy(editor.token)
    assert.notInclude(html + text, link)
    assert.include(text, '/r/test')
  })

  test('a link is no machine for copies: each is written down, and 60 an hour are enough', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await press(client, mail, 'data')
    const { path } = await newestRightsMail(mail.workspace)
    let last = 200
    for (let no = 0; no < 70 && last === 200; no++) last = (await client.post(path!).form({ do: 'json' })).status()
    assert.equal(last, 429)
  })
})
