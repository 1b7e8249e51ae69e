import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { bakeryForm } from '#tests/support/sign_up_form'
import { assertPageAccessible } from '#tests/support/journey'

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
  },
  {
    language: 'de',
    email: 'E-Mail-Adresse',
    name: 'Vorname',
    submit: 'Anmelden',
    sent: 'Bitte bestätigen Sie per E-Mail',
    confirm: 'Ja, ich möchte sie',
    done: 'Vielen Dank, es ist bestätigt',
  },
]

test.group('Signing up', () => {
  for (const words of languages) {
    test(`from the form to the ledger in ${words.language}, without JavaScript, after a scanner fetched every link`, async ({
      client,
      browser,
      assert,
    }) => {
      const it = await bakeryForm(client, {
        language: words.language,
        fields: [{ name: 'first_name', label: words.name, required: true }],
        look: { color: '#f6c90e' },
      })
      const context = await browser.newContext({ javaScriptEnabled: false })
      const page = await context.newPage()

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

      await it.mails()
      const outbox = (await it.api.get('/outbox')).body().data
      const mail = (await it.api.get(`/outbox/${outbox[0].id}`)).body()
      const links = [...mail.html.matchAll(/href="([^"]+)"/g)]
        .map(([, url]) => url.replaceAll('&amp;', '&'))
        .filter((url) => url.startsWith(appUrl))
        .map((url) => url.replace(appUrl, here()))
      assert.isAtLeast(links.length, 1)
      for (const url of links) {
        for (const method of ['HEAD', 'GET']) {
          const answer = await fetch(url, { method, headers: { 'user-agent': 'SafeLinks' } })
          assert.equal(answer.status, 200)
        }
      }
      const standing = () => db.from('consents').where('workspace_id', it.workspace.id).select('topic_id', 'status')
      assert.deepEqual(await standing(), [{ topic_id: it.specials.id, status: 'pending' }])

      await page.goto(links[0])
      await page.getByText('Ada@people.test').waitFor()
      await page.getByRole('button', { name: words.confirm }).click()
      await page.getByRole('heading', { level: 1, name: words.done }).waitFor()
      assert.deepEqual(await standing(), [{ topic_id: it.specials.id, status: 'granted' }])
      assert.lengthOf(await context.cookies(), 0)
      const confirmed = (await it.ledger()).at(-1)
      assert.include(confirmed, { action: 'confirm', language: words.language, basis: 'consent_double_opt_in' })
      const ada = await db.from('contacts').where('workspace_id', it.workspace.id).first()
      assert.equal(ada.first_name, 'Ada')
      await context.close()
    })
  }

  test('the public pages hold in any colour, light and dark, and on a telephone', async ({
    client,
    browser,
    assert,
  }) => {
    for (const color of ['#f6c90e', '#101820', '#d81e5b']) {
      const it = await bakeryForm(client, {
        look: { color },
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
