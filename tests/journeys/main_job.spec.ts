import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { anotherDatabase } from '#tests/support/another_database'
import { assertAccessible } from '#tests/support/journey'
import { freePort, startCommand, startServer, until } from '#tests/support/processes'
import { standIn } from '#tests/support/stand_in'

const READERS = `E-Mail,First name,City
ada@people.test,Ada,Bristol
cara@people.test,Cara,Bath
bounced@resend.dev,Eve,Bristol
not an address,Nobody,
`

/** The whole product as `npm start` runs it, web and worker, on a database where nobody has been, with a provider beside it. */
async function freshMachine() {
  const provider = await standIn({ events: 'auto' })
  const database = await anotherDatabase('journey')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...database.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: url,
    RESEND_BASE_URL: provider.url,
  }
  startServer(env)
  startCommand(['worker'], env)
  await until('web and worker are ready', async () => (await fetch(`${url}/health/ready`)).ok)
  return { url, provider }
}

async function choose(page: Page, label: string, option: string) {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test.group('The main job', () => {
  test('from an empty machine to a sent campaign and its report', async ({ browser, assert, cleanup }) => {
    const { url, provider } = await freshMachine()
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    cleanup(() => context.close())
    const page = await context.newPage()

    // The owner and the workspace
    await page.goto(url)
    await page.getByLabel('What is your team called?').fill('Blue Door Bakery')
    await page.getByLabel('Your name').fill('Ada Lovett')
    await page.getByLabel('E-mail address').fill('ada@bluedoor.test')
    await page.getByLabel('Password').first().fill('sourdough at six')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/w\/\d+$/)
    await page.getByText('0 of 5 done').waitFor()
    await assertAccessible(page)
    const home = page.url()

    // Who writes, how it leaves, and what people can agree to
    await page.goto(`${home}/settings/workspace`)
    await page.getByLabel('Postal address').fill('1 Harbour Street\nBristol BS1 4RN')
    await page.getByLabel('E-mail address').fill('news@bluedoor.test')
    await page.getByLabel('Undo send, in seconds').fill('3')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The workspace is saved').waitFor()
    await page.goto(`${home}/settings/sending`)
    await page.getByRole('button', { name: 'Connect a provider' }).click()
    await page.getByLabel(/API key/).fill('re_journey_0123456789')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('The provider is connected').waitFor()
    await page.getByText('Deliveries, bounces and complaints are reported to us.').waitFor()
    await page.goto(`${home}/topics?new=1`)
    await page.getByLabel('Name').fill('Weekly specials')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Weekly specials is saved').waitFor()

    // Readers, with how they agreed
    await page.goto(`${home}/contacts/import`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(READERS) })
    await page.waitForURL('**/contacts/import/*')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('radio', { name: /^They all agreed/ }).click()
    await choose(page, 'Topics they agreed to', 'Weekly specials')
    await page.keyboard.press('Escape')
    await page.getByLabel('What they agreed to, word for word').fill('Yes, send me the weekly specials.')
    await page.getByLabel('Where the list comes from').fill('Paper list, autumn fair')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Every row was checked.').waitFor()
    await page.getByRole('button', { name: 'Import 3 people' }).click()
    await page.getByRole('button', { name: 'Download the rejected row' }).waitFor()

    // A segment
    await page.goto(`${home}/segments/new`)
    await page.getByLabel('Name').fill('Everyone with an address')
    await choose(page, 'What to look at', 'E-mail')
    await choose(page, 'How to compare', 'is known')
    await page.locator('[data-preview-count="3"]').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/segments\/\d+$/)

    // The campaign
    await page.goto(`${home}/campaigns?new=1`)
    await page.waitForURL(/campaigns\/\d+$/)
    await page.getByRole('textbox', { name: 'Name' }).first().fill('Stollen')
    await choose(page, 'Topic', 'Weekly specials')
    await choose(page, 'Segments', 'Everyone with an address')
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'Subject' }).fill('The list is open, {{ contact.first_name }}')
    await page
      .getByRole('textbox', { name: 'The mail’s text' })
      .fill('Hello {{ contact.first_name | default: "friend" }}, [put me on the list](https://bluedoor.test/stollen).')
    await page.keyboard.press('Control+s')
    await page.getByText('3 people get it').waitFor()
    await page
      .frameLocator('iframe')
      .getByText(/Hello (Ada|Cara|Eve)/)
      .waitFor()

    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByRole('button', { name: 'Send the test' }).click()
    await until('the test mail is there', async () => (await provider.mails({ to: 'ada@bluedoor.test' })).length === 1)

    await page.getByRole('button', { name: 'Review and send' }).click()
    const review = page.getByRole('dialog', { name: 'Review and send' })
    await review.getByRole('button', { name: 'Send to 3 people' }).click()
    await page
      .getByRole('dialog', { name: 'Send it now?' })
      .getByRole('button', { name: 'Send to 3 people' })
      .dblclick()
    await page.getByText('3 of 3 settled').waitFor()
    const id = page.url().match(/campaigns\/(\d+)/)![1]
    assert.deepEqual(provider.ledger('c', id), { 'ada@people.test': 1, 'cara@people.test': 1, 'bounced@resend.dev': 1 })

    // Its readers
    const [mail] = await provider.mails({ to: 'ada@people.test' })
    const links = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link.replaceAll('&amp;', '&'))
    await new Promise((resolve) => setTimeout(resolve, 3_000)) // a person reads first: what clicks within two seconds is a machine
    const agent = {
      'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15',
    }
    const clicked = await fetch(
      links.find((link) => link.includes('/c/'))!,
      { redirect: 'manual', headers: agent }
    )
    assert.equal(clicked.headers.get('location'), 'https://bluedoor.test/stollen')
    const [other] = await provider.mails({ to: 'cara@people.test' })
    const reader = await browser.newContext()
    cleanup(() => reader.close())
    const mailbox = await reader.newPage()
    await mailbox.goto(other.headers['List-Unsubscribe'].match(/<([^>]+)>/)![1])
    await mailbox.getByRole('button', { name: 'Unsubscribe', exact: true }).click()
    await mailbox.getByText('It takes effect now.').waitFor()

    // The report and the account
    await page.goto(`${home}/campaigns/${id}/report`)
    await page.getByText('1 of 3').first().waitFor()
    const report = async () => (await page.request.get(`${url}/api/v1/campaigns/${id}/report`)).json()
    const seen = await until('the provider has told what became of them', async () => {
      const { totals } = await report()
      return totals.delivered === 2 && totals.bounced === 1 && totals.clicked.human === 1 && totals
    })
    assert.include(seen, { candidates: 3, accepted: 3, delivered: 2, bounced: 1, unsubscribed: 1 })
    await assertAccessible(page)
    await page.getByRole('tab', { name: 'Receipt' }).click()
    await page.getByText('The account closes').waitFor()
    await page.goto(`${home}/contacts`)
    await page.getByRole('link', { name: 'Cara' }).click()
    await page.getByRole('heading', { name: 'Cara', exact: true }).waitFor()
    await page.getByText('Left through Stollen').waitFor()
    await page.goto(home)
    await page.getByRole('link', { name: 'Stollen' }).waitFor()
    const overview = (await (await page.request.get(`${url}/api/v1/overview`)).json()) as any
    assert.deepEqual(overview.steps, { workspace: true, topic: true, contacts: true, campaign: true, sent: true })
  })
})
