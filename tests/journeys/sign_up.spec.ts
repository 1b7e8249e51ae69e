import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { verifyLedger, wishesOf } from '#consent'
import { sendAllOf } from '#delivery'
import { bakeryForm, browser as person } from '#tests/support/sign_up_form'
import { assertPageAccessible } from '#tests/support/journey'
import { letTheWorkerWork } from '#tests/support/worker'

const here = () => `http://${process.env.HOST}:${process.env.PORT}`

const languages = [
  {
    language: 'en',
    email: 'E-mail address',
    name: 'First name',
    submit: 'Sign up',
    sent: 'Please confirm by e-mail',
    confirm: 'Yes, I want them',
    done: 'Thank you, it is confirmed',
    choices: 'What you get from Blue Door Bakery',
    hours: 'I want mails about “Opening hours” from Blue Door Bakery. I can change this at any time.',
    save: 'Save',
    less: ['How often', 'At most one mail a month', 'Get fewer mails'],
    leave: ['Why?', 'Too many mails', 'Unsubscribe from everything', 'Saved: you get no more mails.'],
  },
  {
    language: 'de',
    email: 'E-Mail-Adresse',
    name: 'Vorname',
    submit: 'Anmelden',
    sent: 'Bitte bestätigen Sie per E-Mail',
    confirm: 'Ja, ich möchte sie',
    done: 'Vielen Dank, es ist bestätigt',
    choices: 'Was Sie von Blue Door Bakery bekommen',
    hours: 'Ich möchte E-Mails zu „Opening hours“ von Blue Door Bakery. Ich kann das jederzeit ändern.',
    save: 'Speichern',
    less: ['Wie oft', 'Höchstens eine E-Mail im Monat', 'Weniger E-Mails bekommen'],
    leave: ['Warum?', 'Zu viele E-Mails', 'Von allem abmelden', 'Gespeichert: Sie bekommen keine E-Mails mehr.'],
  },
]

/** What looks at mails before their readers do: filters of mail systems, image proxies, previews, and programs that say nothing. */
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks',
  'Mozilla/5.0 (compatible; Proofpoint URL Defense)',
  'Mozilla/5.0 (via ggpht.com GoogleImageProxy)',
  'Barracuda Sentinel (EE)',
  'Go-http-client/2.0',
  'python-requests/2.32',
  '',
]

interface Mail {
  html: string
  headers?: Record<string, string>
}

/** Every address of a mail that leads to us, in its body and its headers, at the server under test. */
function ourLinks({ html, headers = {} }: Mail): string[] {
  const inBody = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url]) => url.replaceAll('&amp;', '&'))
  const inHead = [...(headers['List-Unsubscribe'] ?? '').matchAll(/<([^>]+)>/g)].map(([, url]) => url)
  return [...new Set([...inBody, ...inHead])]
    .filter((url) => url.startsWith(appUrl))
    .map((url) => url.replace(appUrl, here()))
}

/** Fetches every link in every way; says how many times. */
async function scan(mail: Mail, assert: any): Promise<number> {
  let fetched = 0
  for (const url of ourLinks(mail)) {
    for (const agent of agents) {
      for (const method of ['HEAD', 'GET']) {
        const answer = await fetch(url, { method, redirect: 'manual', headers: { 'user-agent': agent } })
        assert.include([200, 302], answer.status, `${method} ${url} as ${agent}`)
        assert.lengthOf(answer.headers.getSetCookie(), 0)
        fetched++
      }
    }
  }
  return fetched
}

test.group('Signing up', () => {
  for (const words of languages) {
    test(`from the form over topic and preference to the withdrawal in ${words.language}, without JavaScript, while a scanner is always first`, async ({
      client,
      browser,
      assert,
    }) => {
      const it = await bakeryForm(client, {
        language: words.language,
        fields: [{ name: 'first_name', label: words.name, required: true }],
        look: { color: '#f6c90e' },
      })
      const context = await browser.newContext({
        javaScriptEnabled: false,
        userAgent: person['user-agent'],
        locale: 'en-GB',
      })
      const page = await context.newPage()
      const standing = () =>
        db.from('consents').where('workspace_id', it.workspace.id).orderBy('topic_id').select('topic_id', 'status')
      const stands = (specials: string, hours?: string) => [
        { topic_id: it.specials.id, status: specials },
        ...(hours ? [{ topic_id: it.hours.id, status: hours }] : []),
      ]

      await page.goto(`${here()}${it.path}`)
      const boxes = page.getByRole('checkbox')
      assert.equal(await boxes.count(), 2)
      for (const box of await boxes.all()) assert.isFalse(await box.isChecked(), 'nothing is ticked beforehand')
      await page.getByLabel(words.email).fill('Ada@people.test')
      await page.getByLabel(words.name).fill('Ada')
      await page.getByRole('checkbox', { name: 'Weekly specials' }).check()
      await page.waitForTimeout(2_100)
      await page.getByRole('button', { name: words.submit }).click()
      await page.getByRole('heading', { level: 1, name: words.sent }).waitFor()

      const [asking] = await it.mails()
      const looks = await scan(asking, assert)
      assert.deepEqual(await standing(), stands('pending'))
      const seen = async () => (await it.api.get(`/forms/${it.form.id}/submissions`)).body().data[0]
      assert.include(await seen(), { state: 'pending', looks, confirmed_at: null })

      await page.goto(ourLinks(asking)[0])
      await page.getByText('Ada@people.test').waitFor()
      await page.getByRole('button', { name: words.confirm }).click()
      await page.getByRole('heading', { level: 1, name: words.done }).waitFor()
      assert.deepEqual(await standing(), stands('granted'))
      assert.include(await seen(), { state: 'confirmed', looks: looks + 1 })
      const confirmed = (await it.ledger()).at(-1)
      assert.include(confirmed, { action: 'confirm', language: words.language, basis: 'consent_double_opt_in' })
      const ada = await db.from('contacts').where('workspace_id', it.workspace.id).first()
      assert.deepEqual([ada.first_name, ada.locale], ['Ada', words.language])

      const letter = await campaignTo(it, ada.id)
      const entries = (await it.ledger()).length
      assert.isAtLeast(await scan(letter, assert), agents.length * 2 * 3, 'a link, the pixel, both ways out')
      assert.deepEqual([await standing(), (await it.ledger()).length], [stands('granted'), entries])

      await page.goto(ourLinks(letter).find((url) => url.includes('/p/'))!)
      await page.getByRole('heading', { level: 1, name: words.choices }).waitFor()
      await page.getByRole('checkbox', { name: words.hours }).check()
      await page.getByRole('button', { name: words.save, exact: true }).click()
      assert.deepEqual(await standing(), stands('granted', 'granted'))

      const [often, monthly, fewer] = words.less
      await page.getByLabel(often).selectOption(monthly)
      await page.getByRole('button', { name: fewer }).click()
      assert.containsSubset(await wishesOf({ workspaceId: it.workspace.id, contactId: ada.id }), [{ pace: 'monthly' }])
      await scan(letter, assert)
      assert.deepEqual(await standing(), stands('granted', 'granted'))

      const [why, tooMany, leave, left] = words.leave
      await page.getByLabel(why).selectOption(tooMany)
      await page.getByRole('button', { name: leave }).click()
      assert.equal(await page.getByRole('status').textContent(), left)
      assert.deepEqual(await standing(), stands('withdrawn', 'withdrawn'))
      await scan(letter, assert)
      await scan(asking, assert)
      assert.deepEqual(await standing(), stands('withdrawn', 'withdrawn'))
      assert.lengthOf(await context.cookies(), 0)
      assert.isEmpty((await verifyLedger({ workspaceId: it.workspace.id })).breaks)
      await context.close()
    })
  }

  test('the public pages hold in any colour, light and dark, and on a telephone', async ({
    client,
    browser,
    assert,
  }) => {
    for (const color of ['#ffffff', '#f6c90e', '#101820']) {
      const it = await bakeryForm(client, {
        look: { color },
        title: 'Brotbackgrundlagenseminarterminbenachrichtigung',
        fields: [
          { name: 'first_name', label: 'First name', required: true },
          { name: 'phone', label: 'Telephone' },
        ],
      })
      const context = await browser.newContext({ viewport: { width: 375, height: 800 } })
      const page = await context.newPage()
      await page.goto(`${here()}${it.path}`)
      await assertPageAccessible(page)
      assert.isTrue(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
      await page.getByRole('button').click()
      await page.getByRole('alert').waitFor()
      await assertPageAccessible(page)
      await it.post({ email: 'ada@people.test', first_name: 'Ada' })
      await page.goto(`${here()}${(await it.mails())[0].link}`)
      await assertPageAccessible(page)
      await context.close()
    }
  })
})

/** A campaign about the specials, as it arrives at one person. */
async function campaignTo({ api, workspace, specials }: Awaited<ReturnType<typeof bakeryForm>>, contactId: number) {
  const made = await api.post('/campaigns', {
    name: 'Plums',
    topic_id: String(specials.id),
    audience: { contact_ids: [String(contactId)] },
    subject: 'Plums',
    content: { kind: 'markdown', source: 'Hello {{ contact.first_name }}, [order](https://bluedoor.test/order).' },
  })
  const sent = await api.post(`/campaigns/${made.body().id}/send`)
  if (sent.status() !== 202) throw new Error(JSON.stringify(sent.body()))
  await sendAllOf({ workspaceId: workspace.id })
  await letTheWorkerWork(workspace)
  return db.from('captured_messages').where({ workspace_id: workspace.id, subject: 'Plums' }).firstOrFail()
}
