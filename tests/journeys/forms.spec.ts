import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { plantTopic } from '#tests/support/consent'
import { assertAccessible, journey } from '#tests/support/journey'
import { otherSite } from '#tests/support/other_site'
import { bakeryForm } from '#tests/support/sign_up_form'
import { bakery } from '#tests/support/workspace'

const here = () => `http://${process.env.HOST}:${process.env.PORT}`

test.group('Forms in the app', () => {
  test('a form is written beside its page, refused by field, published, shared, taken off and deleted', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    await plantTopic(workspace, 'Weekly specials')
    await db.table('contact_fields').insert({ workspace_id: workspace.id, key: 'city', label: 'City', type: 'text' })
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    await open(`/w/${workspace.id}/forms`)
    await page.getByText('No forms yet').waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: 'New form' }).first().click()

    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Get our mails' }).waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('alert').getByText('something needs another look').waitFor()
    await page.locator(':focus[aria-invalid=true]').waitFor()
    await assertAccessible(page)

    await page.getByLabel(/^Name/).fill('Newsletter')
    await page.getByLabel('Language').selectOption('German')
    await frame.getByRole('heading', { name: 'Unsere E-Mails bekommen' }).waitFor()
    await page.getByLabel('Heading').fill('Brot am Freitag')
    await page.getByRole('button', { name: 'Add a field' }).click()
    await page.getByRole('menuitem', { name: 'City' }).click()
    await page.getByLabel('Label').fill('Stadt')
    await page.getByRole('checkbox', { name: 'Weekly specials' }).check()
    await frame.getByRole('heading', { name: 'Brot am Freitag' }).waitFor()
    await frame.getByLabel('Stadt').waitFor()
    await frame.getByRole('checkbox', { name: 'Weekly specials' }).waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('is saved, and visitors see it').waitFor()
    await page.waitForURL(/\/forms\/\d+$/)
    assert.equal(await page.getByRole('alert').filter({ hasText: 'Not saved' }).count(), 0)

    const preview = page.getByRole('region', { name: 'What visitors see' })
    for (const look of ['Phone', 'Dark', 'Thanks']) await preview.getByText(look, { exact: true }).click()
    await frame.getByRole('heading', { name: 'Bitte bestätigen Sie per E-Mail' }).waitFor()
    assert.match(page.url(), /device=phone/)
    await preview.getByText('Mail', { exact: true }).click()
    await frame.getByRole('link', { name: 'Bestätigen' }).waitFor()
    await preview.getByText('hello@bluedoor.test').waitFor()
    await assertAccessible(page)
    await preview.getByText('Its link', { exact: true }).click()
    await frame.getByRole('button', { name: 'Ja, ich möchte sie' }).waitFor()
    await preview.getByText('Thanks', { exact: true }).click()
    await frame.getByRole('heading', { name: 'Bitte bestätigen Sie per E-Mail' }).waitFor()
    assert.equal(await page.locator('iframe').evaluate((element) => (element as any).clientWidth), 375)
    assert.equal(
      await frame.locator('body').evaluate((body) => (globalThis as any).getComputedStyle(body).backgroundColor),
      'rgb(22, 24, 29)'
    )
    await assertAccessible(page)

    await page.getByRole('button', { name: 'Actions for Newsletter' }).click()
    const address = await page.getByRole('menuitem', { name: 'Open its page' }).getAttribute('href')
    assert.include(await (await fetch(address!)).text(), 'Brot am Freitag')
    await page.getByRole('menuitem', { name: 'Put it into a website' }).click()
    const snippet = page.getByRole('dialog').getByLabel('The form as HTML', { exact: true })
    await snippet.getByText('embed.js').waitFor()
    await assertAccessible(page)
    await page.getByRole('dialog').getByRole('switch', { name: 'Answer in its place' }).click()
    assert.notInclude(await snippet.textContent(), '<script')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Unpublish' }).click()
    await page.getByText('Its page says that nobody can sign up').waitFor()
    assert.include(await (await fetch(address!)).text(), 'Dieses Formular ist geschlossen')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Unpublish' }).waitFor()

    await page.getByRole('link', { name: 'Forms' }).first().click()
    await page.getByRole('link', { name: 'Newsletter' }).waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Actions for Newsletter' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('Its page is gone').waitFor()
    assert.equal((await fetch(address!)).status, 404)
    await page.getByText('No forms yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Newsletter' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('what is typed and not saved survives a reload, asks before it is left, and never overwrites a colleague', async ({
    browserContext,
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const { page, complaints, open } = await journey(browserContext, it.user, { expected: [/409/] })
    const at = `/w/${it.workspace.id}/forms/${it.form.id}`
    await open(at)
    page.on('dialog', (dialog) => dialog.accept())
    await page.getByLabel('Heading').fill('Bread on Fridays')
    await page.reload()
    await page.getByText('is back.').waitFor()
    assert.equal(await page.getByLabel('Heading').inputValue(), 'Bread on Fridays')
    assert.equal((await it.api.get(`/forms/${it.form.id}`)).body().title, 'Newsletter')

    await page.getByRole('link', { name: 'Contacts' }).click()
    await page.getByRole('dialog').getByText('Leave without saving?').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

    await it.api.patch(`/forms/${it.form.id}`, { title: 'Bread on Mondays' })
    await page.getByRole('button', { name: 'Publish changes' }).click()
    await page.getByText('Somebody else saved this form meanwhile').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Save mine over it' }).click()
    await page.getByText('is saved, and visitors see it').waitFor()
    assert.equal((await it.api.get(`/forms/${it.form.id}`)).body().title, 'Bread on Fridays')
    assert.isNull(await page.evaluate(`localStorage.getItem('assent-unsaved-form-${it.form.id}')`))
    await page.getByLabel('Heading').fill('Bread every day')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.', { exact: true }).waitFor()
    assert.equal((await it.api.get(`/forms/${it.form.id}`)).body().title, 'Bread every day')
    await page.keyboard.press('Control+s')
    assert.equal((await it.api.get(`/forms/${it.form.id}`)).body().version, 4)
    assert.deepEqual(complaints, [])
  })

  test('its sign-ups show who was asked, who confirmed and how often the link was fetched', async ({
    browserContext,
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    for (const name of ['ada', 'ben']) await it.post({ email: `${name}@people.test` })
    const [mail] = await it.mails()
    await client.get(mail.link).header('user-agent', 'SafeLinks')
    await client.head(mail.link)
    await client.post(mail.link)
    const { page, complaints, open } = await journey(browserContext, it.user)
    await open(`/w/${it.workspace.id}/forms`)
    await page
      .getByRole('row', { name: /Newsletter/ })
      .getByText('1 · 50%')
      .waitFor()
    await open(`/w/${it.workspace.id}/forms/${it.form.id}`)
    await page.getByRole('navigation', { name: 'Parts of the form' }).getByRole('link', { name: 'Sign-ups' }).click()
    const row = page.getByRole('row', { name: /ada@people\.test/ })
    await row.getByText('Confirmed').locator('visible=true').waitFor()
    assert.equal(await row.getByRole('cell').last().textContent(), '2')
    await page.getByText('50.0% of those asked').waitFor()
    await assertAccessible(page)
    await page.getByLabel('Status').selectOption('Asked by mail')
    await row.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /ben@people\.test/ }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('no screen of forms is wider than its window', async ({ browserContext, client, assert }) => {
    const it = await bakeryForm(client, { fields: [{ name: 'first_name', label: 'First name' }] })
    const { page, open } = await journey(browserContext, it.user)
    for (const width of [768, 320]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of ['', `/${it.form.id}`, `/${it.form.id}/sign-ups`]) {
        await open(`/w/${it.workspace.id}/forms${path}`)
        await page.waitForLoadState('networkidle')
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, path)
      }
    }
  })
})

test.group('A form in somebody’s website', () => {
  /** The bakery's own website, with its form in it. */
  async function pasted(client: any, { isNamed = true, ...more }: Record<string, unknown> = {}) {
    let snippet = ''
    const origin = await otherSite(() => snippet)
    const it = await bakeryForm(client, {
      fields: [{ name: 'first_name', label: 'First name', required: true }],
      origins: isNamed ? [origin] : [],
      ...more,
    })
    const { html, script } = (await it.api.get(`/forms/${it.form.id}/embed`)).body()
    // the snippet names the address of the installation; the server under test answers at another
    const local = (text: string) => text.replaceAll(process.env.APP_URL!, here())
    snippet = `${local(html)}\n${local(script)}`
    return { ...it, origin }
  }
  const fill = async (page: any) => {
    await page.getByLabel('E-mail address').fill('ada@people.test')
    await page.getByLabel('First name').fill('Ada')
  }

  test('answers in its place, mistakes and thanks announced, and sets no cookie', async ({
    client,
    browser,
    assert,
  }) => {
    const it = await pasted(client)
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(it.origin)
    await fill(page)
    await page.getByLabel('First name').fill('Win at casino.com')
    await page.getByRole('button', { name: 'Sign up' }).click()
    const status = page.getByRole('status')
    await status.getByText('Please choose at least one.').waitFor()
    const name = page.getByLabel('First name')
    assert.equal(await name.getAttribute('aria-invalid'), 'true')
    const note = await name.getAttribute('aria-describedby')
    assert.include(await page.locator(`#${note}`).textContent(), 'must not hold a web address')
    await page.locator('input[name=first_name]:focus').waitFor()

    await fill(page)
    await page.getByRole('checkbox', { name: 'Weekly specials' }).check()
    await page.getByRole('button', { name: 'Sign up' }).click()
    await status.getByText('a mail with a link is on its way to you').waitFor()
    await page.locator('[role=status]:focus').waitFor()
    assert.equal(await page.getByRole('textbox').count(), 0)
    assert.equal(new URL(page.url()).origin, it.origin)
    assert.lengthOf(await context.cookies(), 0)
    const [row] = await it.submissions()
    assert.include(row, { state: 'pending', origin: it.origin, email: 'ada@people.test' })
    assert.lengthOf(await it.mails(), 1)
    await context.close()
  })

  test('leads on to the address that the form names', async ({ client, browser, assert }) => {
    const thanks = await otherSite(() => '<p>Welcome</p>')
    const it = await pasted(client, { success: { redirect_url: `${thanks}/welcome` } })
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(it.origin)
    await fill(page)
    await page.getByRole('checkbox', { name: 'Opening hours' }).check()
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.waitForURL(`${thanks}/welcome`)
    assert.lengthOf(await it.submissions(), 1)
    await context.close()
  })

  for (const [how, options, isNamed] of [
    ['without JavaScript', { javaScriptEnabled: false }, true],
    ['on a website that is not named', {}, false],
  ] as const) {
    test(`${how} the browser posts it by itself, and our page answers`, async ({ client, browser, assert }) => {
      const it = await pasted(client, { isNamed })
      const context = await browser.newContext(options)
      const page = await context.newPage()
      await page.goto(it.origin)
      await fill(page)
      await page.getByRole('checkbox', { name: 'Weekly specials' }).check()
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByRole('heading', { name: 'Please confirm by e-mail' }).waitFor()
      assert.equal(page.url(), `${here()}${it.path}`)
      const [row, ...others] = await it.submissions()
      assert.include(row, { state: 'pending', origin: it.origin })
      assert.lengthOf(others, 0)
      assert.lengthOf(await context.cookies(), 0)
      await context.close()
    })
  }
})
