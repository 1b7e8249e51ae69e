import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { remindTheSilent, startDueCampaigns } from '#campaigns'
import { castOfWeakProof, questionsSent } from '#tests/support/asking'
import { stands } from '#tests/support/asked_again'

type Cast = Awaited<ReturnType<typeof castOfWeakProof>>

/** The cast as they speak: Ben German (of Austria), Cara French, Dev a language that we do not. */
async function castOfTongues(client: any): Promise<Cast> {
  const cast = await castOfWeakProof(client)
  for (const [name, locale] of [
    ['ben', 'de-AT'],
    ['cara', 'fr'],
    ['dev', 'pt-BR'],
  ] as const) {
    await db.from('contacts').where({ workspace_id: cast.workspace.id, id: cast.people[name] }).update({ locale })
  }
  return cast
}

async function drafted(cast: Cast, more: object = {}) {
  const made = await cast.api.post('/reconfirmations', { topic_id: String(cast.topic.id), silence: 'keep', ...more })
  made.assertStatus(201)
  const { id, campaign_id: campaignId } = made.body()
  return { id: id as string, campaignId: campaignId as string, campaign: `/campaigns/${campaignId}` }
}

const to = (mails: Awaited<ReturnType<typeof questionsSent>>, name: string) =>
  mails.filter((mail) => mail.to.startsWith(`${name}@`))

test.group('Asking in each person’s language', () => {
  test('each gets the whole letter in their language, or the workspace’s; one account closes over all', async ({
    client,
    assert,
  }) => {
    const cast = await castOfTongues(client)
    const { api, workspace } = cast
    const seen = (await api.get(`/reconfirmations/preview?topic_id=${cast.topic.id}`)).body()
    assert.deepEqual(seen.languages, { de: 1, en: 1, fr: 1 })
    assert.equal(seen.mailable, 3)
    const { id, campaign } = await drafted(cast)
    assert.deepEqual((await api.get(`${campaign}/preflight`)).body().audience.languages, { de: 1, en: 1, fr: 1 })
    ;(await api.post(`${campaign}/send`)).assertStatus(202)
    const mails = await questionsSent(workspace)
    assert.lengthOf(mails, 3)
    const [ben, cara, dev] = ['ben', 'cara', 'dev'].map((name) => to(mails, name)[0])
    assert.equal(ben.subject, 'Möchten Sie „Weekly specials“ noch?')
    assert.include(cara.subject, 'Souhaitez-vous encore')
    assert.equal(dev.subject, 'Do you still want “Weekly specials”?')

    const until = new Date((await api.get(`/reconfirmations/${id}`)).body().answers_until)
    const day = (language: string) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(until)
    assert.include(ben.html, `Bitte antworten Sie bis ${day('de')}.`)
    assert.include(ben.text, `Bitte antworten Sie bis ${day('de')}.`)
    assert.include(cara.html, day('fr'))
    assert.include(dev.html, `Please answer until ${day('en')}`)
    assert.include(ben.html, '<html lang="de"')
    assert.include(ben.html, 'Abmelden', 'the footer as well')
    assert.notInclude(ben.html, 'Unsubscribe')
    assert.include(ben.text, 'Abmelden: ')
    assert.include(cara.text, 'Se désabonner: ')

    const receipt = (await api.get(`${campaign}/receipt`)).body()
    assert.isTrue(receipt.closes)
    assert.equal(receipt.accepted.total, 3)
    assert.deepEqual(
      receipt.letters.map(({ no, language, people }: any) => [no, language, people]),
      [
        [1, 'en', 1],
        [2, 'de', 1],
        [3, 'fr', 1],
      ]
    )
    const rows = (await api.get(`${campaign}/messages`)).body().data
    assert.deepEqual(Object.fromEntries(rows.map(({ email, letter }: any) => [email.split('@')[0], letter])), {
      ben: 2,
      cara: 3,
      dev: 1,
    })
    const shown = await api.post(`${campaign}/render`, { contact_id: cast.people.ben })
    assert.containsSubset(shown.body(), { language: 'de', subject: ben.subject }, 'as it was sent')
  })

  test('a yes names the wording in the language of the page that was answered; answers sum over all languages', async ({
    client,
    assert,
  }) => {
    const cast = await castOfTongues(client)
    const { api, people, workspace } = cast
    const { id, campaign } = await drafted(cast)
    ;(await api.post(`${campaign}/send`)).assertStatus(202)
    const mails = await questionsSent(workspace)
    const { wording, wordings } = (await api.get(`/reconfirmations/${id}`)).body()
    assert.sameMembers(Object.keys(wordings), ['de', 'fr', 'es'])
    const agreed = async (who: number) => (await stands(cast as any, who)).ledger[0]

    const page = (await client.get(to(mails, 'ben')[0].link)).text()
    assert.include(page, 'Möchten Sie diese E-Mails noch?')
    const words = /class="wording" lang="de">([^<]+)</.exec(page)![1]
    await client.post(to(mails, 'ben')[0].link).form({ answer: 'yes', lang: 'de' })
    assert.containsSubset(await agreed(people.ben), {
      statement: words.replaceAll('&quot;', '"'),
      language: 'de',
      wording: { id: wordings.de.id, version: 1 },
    })

    // Cara reads French and changed the page to Spanish before she pressed the button
    const spanish = (await client.get(`${to(mails, 'cara')[0].link}?lang=es`)).text()
    assert.include(spanish, '<input type="hidden" name="lang" value="es"')
    await client.post(to(mails, 'cara')[0].link).form({ answer: 'yes', lang: 'es' })
    assert.containsSubset(await agreed(people.cara), { language: 'es', wording: { id: wordings.es.id } })
    await client.post(to(mails, 'dev')[0].link).form({ answer: 'yes' })
    assert.containsSubset(await agreed(people.dev), { language: 'en', wording: { id: wording.id } })
    assert.containsSubset((await api.get(`/reconfirmations/${id}`)).body().answers, {
      asked: 3,
      confirmed: 3,
      waiting: 0,
    })
  })

  test('a wording that the team chose is shown and named as it is, whatever language the page speaks', async ({
    client,
    assert,
  }) => {
    const cast = await castOfTongues(client)
    const made = await cast.api.post('/wordings', {
      text: 'Yes, the weekly specials by mail.',
      language: 'en',
      shown: 'our page',
    })
    made.assertStatus(201)
    const { id, campaign } = await drafted(cast, { wording_id: made.body().id })
    assert.deepEqual((await cast.api.get(`/reconfirmations/${id}`)).body().wordings, {})
    ;(await cast.api.post(`${campaign}/send`)).assertStatus(202)
    const [ben] = to(await questionsSent(cast.workspace), 'ben')
    assert.include((await client.get(ben.link)).text(), 'lang="en">Yes, the weekly specials by mail.')
    await client.post(ben.link).form({ answer: 'yes', lang: 'de' })
    const [entry] = (await stands(cast as any, cast.people.ben)).ledger
    assert.containsSubset(entry, { language: 'en', wording: { id: made.body().id } })
  })

  test('each letter is looked at, changed, tested and reviewed by itself', async ({ client, assert }) => {
    const cast = await castOfTongues(client)
    const { api, workspace } = cast
    const { campaign } = await drafted(cast)
    const kept = (await api.get(campaign)).body()
    assert.equal(kept.language, 'en')
    assert.sameMembers(Object.keys(kept.letters), ['de', 'fr', 'es'])
    const german = await api.post(`${campaign}/render`, { language: 'de' })
    assert.containsSubset(german.body(), { language: 'de', to: 'ben@example.test' })
    assert.containsSubset((await api.post(`${campaign}/render`, { contact_id: cast.people.cara })).body(), {
      language: 'fr',
    })

    const { version } = kept
    const changed = await api.patch(campaign, { version, letters: { de: { subject: 'Noch Brot?' } } })
    changed.assertStatus(200)
    assert.deepEqual(changed.body().letters.de, { ...kept.letters.de, subject: 'Noch Brot?' })
    assert.deepEqual(changed.body().letters.fr, kept.letters.fr)
    const same = await api.patch(campaign, { letters: { de: { subject: 'Noch Brot?' } } })
    assert.equal(same.body().version, version + 1, 'the same again changes nothing')
    const unknown = await api.patch(campaign, { letters: { en: { subject: 'Bread?' } } })
    unknown.assertStatus(422)
    unknown.assertBodyContains({ errors: [{ field: 'letters.en' }] })

    await api.patch(campaign, { letters: { fr: { content: { kind: 'markdown', source: 'Oui ou non ?' } } } })
    const review = (await api.get(`${campaign}/preflight`)).body()
    assert.equal(review.verdict, 'blocked')
    assert.containsSubset(
      review.checks.find(({ level }: any) => level === 'block'),
      { id: 'question', language: 'fr', field: 'content.source' }
    )
    ;(await api.post(`${campaign}/send`)).assertStatus(422)
    await api.patch(campaign, { letters: { fr: kept.letters.fr } })

    ;(await api.post(`${campaign}/test`, { to: ['team@bakery.test'], language: 'de' })).assertStatus(202)
    assert.isFalse((await api.get(campaign)).body().tested, 'one of three is no test of the whole')
    ;(await api.post(`${campaign}/test`, { to: ['team@bakery.test'] })).assertStatus(202)
    assert.isTrue((await api.get(campaign)).body().tested)
    const tests = (await questionsSent(workspace)).map(({ subject }) => subject)
    assert.lengthOf(tests, 4, 'German, then each that somebody reads: nobody reads Spanish')
    assert.equal(tests[0], '[TEST] Noch Brot?')
    ;(await api.post(`${campaign}/send`)).assertStatus(202)
    const mails = (await questionsSent(workspace)).slice(4)
    assert.equal(to(mails, 'ben')[0].subject, 'Noch Brot?')
  })

  test('the reminder speaks the same languages', async ({ client, assert }) => {
    const cast = await castOfTongues(client)
    const { id, campaign } = await drafted(cast, { remind_after_days: 7 })
    ;(await cast.api.post(`${campaign}/send`)).assertStatus(202)
    await questionsSent(cast.workspace)
    await db.rawQuery(`update reconfirmations set opened_at = opened_at - interval '8 days' where id = ?`, [id])
    assert.equal(await remindTheSilent({ workspaceId: cast.workspace.id }), 1)
    await startDueCampaigns({ workspaceId: cast.workspace.id })
    const reminders = (await questionsSent(cast.workspace)).slice(3)
    assert.equal(to(reminders, 'ben')[0].subject, 'Erinnerung: Möchten Sie „Weekly specials“ noch?')
    assert.include(to(reminders, 'cara')[0].subject, 'Rappel : ')
    assert.match(to(reminders, 'dev')[0].subject, /^Reminder: /)
  })

  test('between two languages it is paused, changed for who still waits, and goes on: nobody is asked twice', async ({
    client,
    assert,
  }) => {
    const cast = await castOfTongues(client)
    const { api, workspace } = cast
    const { campaign } = await drafted(cast)
    ;(await api.post(`${campaign}/send`)).assertStatus(202)
    const waiting = await db.from('batches').where({ workspace_id: workspace.id }).orderBy('no')
    assert.sameMembers(
      waiting.map(({ language }) => language),
      ['de', 'fr', null]
    )
    const [first, , third] = waiting
    await onlyThese(workspace, [first.id])
    await questionsSent(workspace)
    ;(await api.post(`${campaign}/pause`)).assertStatus(200)
    const letter = third.language
    const revision = letter ? { letters: { [letter]: { subject: 'Anders?' } } } : { subject: 'Anders?' }
    ;(await api.post(`${campaign}/revise`, revision)).assertStatus(200)
    ;(await api.post(`${campaign}/resume`)).assertStatus(200)
    await onlyThese(
      workspace,
      waiting.map(({ id }) => id)
    )
    const mails = await questionsSent(workspace)
    assert.lengthOf(mails, 3)
    assert.lengthOf([...new Set(mails.map((mail) => mail.to))], 3)
    const receipt = (await api.get(`${campaign}/receipt`)).body()
    assert.isTrue(receipt.closes)
    assert.equal(receipt.accepted.total, 3)
    assert.equal(receipt.letters.find(({ subject }: any) => subject === 'Anders?').people, 1)
  })
})

/** The others are put off. */
const onlyThese = (workspace: { id: number }, ids: number[]) =>
  db.rawQuery(
    `update batches set not_before = case when id = any(?) then now() - interval '1 minute' else now() + interval '1 hour' end
     where workspace_id = ? and state = 'queued'`,
    [ids, workspace.id] as any[]
  )
