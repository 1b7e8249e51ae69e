import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { assertAccessible, journey } from '#tests/support/journey'
import { passwordLinksMailedTo } from '#tests/support/password_links'
import { until } from '#tests/support/processes'
import { bakery } from '#tests/support/workspace'

test.group('The door', () => {
  test('leads to where one was going, after signing in', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, undefined, { expected: [/401/] })
    await open(`/w/${workspace.id}/topics`)
    await page.waitForURL('**/sign-in?next=*')

    await page.getByLabel('E-mail address').fill(user.email)
    await page.getByLabel('Password').first().fill('not my password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The address or the password is not right.').waitFor()

    await page.getByLabel('Password').first().fill('correct horse battery')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/w/${workspace.id}/topics`)
    await page.getByRole('heading', { name: 'Topics', exact: true }).waitFor()
    assert.equal(await page.title(), 'Topics · Assent')
    assert.deepEqual(complaints, [])
  })

  test('sends nobody to another host', async ({ browserContext, assert }) => {
    const { user } = await bakery()
    const { page, open } = await journey(browserContext)
    await open('/sign-in?next=//elsewhere.example/w/1')
    await page.getByLabel('E-mail address').fill(user.email)
    await page.getByLabel('Password').first().fill('correct horse battery')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/w/*')
    assert.equal(new URL(page.url()).hostname, process.env.HOST)
  })

  test('opens with a new password, through the link that was mailed, once', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, undefined, { expected: [/404/] })
    await open('/forgot-password')
    await page.getByLabel('E-mail address').fill(user.email)
    await page.keyboard.press('Enter')
    await page.getByText('a link is on its way').waitFor()
    const [secret] = await passwordLinksMailedTo(user, workspace.id)

    await open(`/reset-password/${secret}`)
    await page.getByText(user.email).waitFor()
    await assertAccessible(page)
    await page.getByLabel('New password').fill('rye and caraway at dawn')
    await page.keyboard.press('Enter')
    await page.getByText('Sign in with the new one.').waitFor()
    await page.getByRole('link', { name: 'Go to sign-in' }).click()
    await page.getByLabel('E-mail address').fill(user.email)
    await page.getByLabel('Password').first().fill('rye and caraway at dawn')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/w/${workspace.id}`)

    await open(`/reset-password/${secret}`)
    await page.getByText('This link does not work any more').waitFor()
    await page.getByRole('link', { name: 'Ask for a new one' }).waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })

  test('is open to everyone: each page of it passes axe', async ({ browserContext, assert }) => {
    const { page, complaints, open } = await journey(browserContext, undefined, { expected: [/404|422/] })
    for (const path of [
      '/sign-in',
      '/forgot-password',
      '/reset-password/abc',
      '/invitation/unknown',
      '/no/such/page',
    ]) {
      await open(path)
      await assertAccessible(page)
    }
    assert.deepEqual(complaints, [])
  })
})

test.group('The shell', () => {
  test('every screen passes axe in light and dark, asks no other host and reports no error', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, user)
    const paths = ['', 'topics', 'topics?new=1', 'outbox', 'nowhere']
    const settings = ['workspace', 'sending', 'domains', 'members', 'tokens', 'audit', 'account'].map(
      (part) => `settings/${part}`
    )
    for (const path of [...paths, ...settings]) {
      await open(`/w/${workspace.id}/${path}`)
      await page.waitForLoadState('networkidle')
      await assertAccessible(page)
    }
    assert.deepEqual(complaints, [])
  })

  test('works on a phone: no screen is wider than 320 pixels, the menu opens and leads on', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await page.setViewportSize({ width: 320, height: 640 })
    for (const path of ['', 'topics', 'outbox', 'settings/workspace', 'settings/members', 'settings/audit']) {
      await open(`/w/${workspace.id}/${path}`)
      await page.waitForLoadState('networkidle')
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, path)
    }
    await page.getByRole('button', { name: 'Open the menu' }).click()
    await assertAccessible(page)
    await page.getByRole('link', { name: 'Topics' }).click()
    await page.waitForURL('**/topics')
    await page.getByRole('link', { name: 'Outbox' }).waitFor({ state: 'hidden' })
  })

  test('without a line the screens and dialogs that cannot come say so, the frame stays, and they come when it is back', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, user, {
      expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch dynamically imported/, /server cannot be reached/],
    })
    // else it is there already or not, as fast as the machine is
    await page.route(/\/palette-/, (route) => route.abort('internetdisconnected'))
    await open(`/w/${workspace.id}/topics`)
    await page.waitForLoadState('networkidle')
    await browserContext.setOffline(true)
    await page.keyboard.press('?')
    await page.getByText('The server cannot be reached.').waitFor()
    await page.getByRole('heading', { name: 'Topics', exact: true }).waitFor()

    await page.keyboard.press('Control+k')
    await page.getByRole('link', { name: 'Forms' }).click()
    await page.getByRole('heading', { name: 'This screen could not be shown' }).waitFor()
    await page.locator('main').getByText('The server cannot be reached.').waitFor()

    await browserContext.setOffline(false)
    await page.unroute(/\/palette-/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Forms', exact: true }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('the palette opens while writing, goes where it is told, and the focus lands on the heading', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/settings/account`)
    await page.getByLabel('Name').first().focus()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Go to, find, create, switch…').fill('outb')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/outbox')
    await page.locator('h1:focus', { hasText: 'Outbox' }).waitFor()
    assert.equal(await page.title(), 'Outbox · Assent')

    // two keys are one wish while the second comes soon: here it does, however busy the machine is
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 1_000)
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.clock.resume()
    await page.waitForURL('**/topics')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Go to Contacts').waitFor()
    await assertAccessible(page)
  })

  test('the palette finds people and campaigns by name or address', async ({ browserContext, client, assert }) => {
    const { workspace, user, token } = await bakery()
    const add = async (path: string, body: object) =>
      (await client.post(`/api/v1/${path}`).bearerToken(token).json(body)).body().id
    const ada = await add('contacts', { email: 'ada.lovett@people.test', first_name: 'Ada' })
    await add('contacts', { email: 'ben@people.test', first_name: 'Ben' })
    const stollen = await add('campaigns', { name: 'Stollen list', subject: 'The list is open' })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}`)
    await page.keyboard.press('Control+k')
    const search = page.getByPlaceholder('Go to, find, create, switch…')
    await search.fill('lovett')
    await page.getByText('ada.lovett@people.test').waitFor()
    assert.equal(await page.getByText('ben@people.test').count(), 0)
    await assertAccessible(page)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/contacts/${ada}`)
    await page.locator('h1:focus', { hasText: 'Ada' }).waitFor()
    await page.keyboard.press('Control+k')
    await search.fill('stollen')
    await page.getByText('The list is open').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/campaigns/${stollen}`)
    assert.deepEqual(complaints, [])
  })

  test('the colours follow the choice and outlive a reload', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}`)
    await page.getByRole('button', { name: /account menu/ }).click()
    await page.getByText('Dark', { exact: true }).click()
    await page.waitForSelector('html[data-mantine-color-scheme=dark]')
    await page.reload()
    assert.equal(await page.getAttribute('html', 'data-mantine-color-scheme'), 'dark')
  })
})

/** Down the open menu, as long as it takes: the first keys may come before the menu has the keyboard. */
const arrowTo = (page: Page, name: string) =>
  until(`the arrow keys come to "${name}"`, async () => {
    if ((await page.locator('[role=menuitem]:focus', { hasText: name }).count()) > 0) return true
    await page.keyboard.press('ArrowDown')
    return false
  })

/** What is typed without a field being named goes where the cursor is: not before it is there. */
const cursorIn = (page: Page) => page.locator('[role=dialog] input:focus').waitFor()

test.group('Topics', () => {
  test('are made, changed, archived and brought back by keyboard alone', async ({ browserContext }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/topics`)
    await page.getByText('No topics yet').waitFor()

    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Go to, find, create, switch…').waitFor()
    await cursorIn(page)
    await page.keyboard.type('new topic')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    await cursorIn(page)
    await page.keyboard.type('Weekly specials')
    await page.keyboard.press('Enter')
    await page.getByRole('cell', { name: 'Weekly specials', exact: true }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Actions for Weekly specials' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Archive' }).waitFor()
    await arrowTo(page, 'Archive')
    await page.keyboard.press('Enter')
    await page.getByText('No topics yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('cell', { name: 'Weekly specials', exact: true }).waitFor()
  })

  test('a second one with the same name is refused beside its field', async ({ browserContext }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user, { expected: [/409/] })
    const name = page.getByRole('dialog').getByLabel('Name')
    for (const isThere of [false, true]) {
      await open(`/w/${workspace.id}/topics?new=1`)
      if (isThere) await page.getByRole('cell', { name: 'News', exact: true }).waitFor()
      await name.fill('News')
      await page.keyboard.press('Enter')
      if (!isThere) await name.waitFor({ state: 'detached' })
    }
    await page.getByText('A topic with this name exists. Choose another name.').waitFor()
  })
})

test.group('Live updates', () => {
  test("a colleague's change shows without a reload", async ({ browserContext, client }) => {
    const { workspace, user, token } = await bakery()
    const { page, open } = await journey(browserContext, user)
    const listening = page.waitForResponse((answer) => answer.url().endsWith('/__transmit/subscribe') && answer.ok())
    await open(`/w/${workspace.id}/topics`)
    await listening
    await client.post('/api/v1/topics').bearerToken(token).json({ name: 'Baking classes' })
    await page.getByRole('cell', { name: 'Baking classes', exact: true }).waitFor()
  })

  test('and so does one that came while the line was being opened', async ({ browserContext, client }) => {
    const { workspace, user, token } = await bakery()
    const { page, open } = await journey(browserContext, user)
    const { promise: changed, resolve: goOn } = Promise.withResolvers<void>()
    await page.route('**/__transmit/subscribe', async (route) => {
      await changed
      await route.continue()
    })
    const subscribing = page.waitForRequest('**/__transmit/subscribe')
    await open(`/w/${workspace.id}/topics`)
    await page.getByText('No topics yet').waitFor()
    await subscribing
    await client.post('/api/v1/topics').bearerToken(token).json({ name: 'Baking classes' })
    goOn()
    await page.getByRole('cell', { name: 'Baking classes', exact: true }).waitFor()
  })
})

test.group('Settings', () => {
  test('the workspace is saved, and the first step ticks itself', async ({ browserContext }) => {
    const { workspace, user } = await bakery()
    await workspace.merge({ postalAddress: null }).save()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/settings/workspace`)
    await page.getByLabel('Postal address').fill('1 Harbour Street\nBristol BS1 4RN')
    await page.getByLabel('E-mail address').fill('hello@bluedoor')
    await page.getByRole('button', { name: 'Save' }).click()
    // in the words of its label, not `The from_email field …`
    await page.getByText('This must be a valid email address.').waitFor()
    await page.getByLabel('E-mail address').fill('hello@bluedoor.test')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The workspace is saved').waitFor()
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('1 of 5 done').waitFor()
  })

  test('unsaved words are not lost by leaving', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/settings/workspace`)
    await page.getByLabel('Postal address').fill('somewhere else')
    await page.getByRole('link', { name: 'Topics' }).click()
    await page.getByRole('dialog').getByText('Leave without saving?').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    assert.equal(await page.getByLabel('Postal address').inputValue(), 'somewhere else')
  })

  test('an invited colleague opens an account with the link and comes in', async ({
    browserContext,
    browser,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/settings/members`)
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    const email = `ben-${workspace.id}@bluedoor.test`
    await page.getByRole('dialog').getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Send the invitation' }).click()
    const link = await page.getByText(/^http.*invitation/).innerText()
    await assertAccessible(page)

    const ben = await journey(await browser.newContext())
    await ben.open(new URL(link).pathname)
    await assertAccessible(ben.page)
    await ben.page.getByLabel('Your name').fill('Ben')
    await ben.page.getByLabel('Password').first().fill('flour and water, slowly')
    await ben.page.getByRole('button', { name: 'Join' }).click()
    await ben.page.waitForURL(`**/w/${workspace.id}`)
    assert.deepEqual(ben.complaints, [])
  })

  test('a token is shown once', async ({ browserContext }) => {
    const { workspace, user } = await bakery()
    const { page, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/settings/tokens`)
    await page.getByRole('button', { name: 'New token' }).first().click()
    await page.getByLabel('What is it for?').fill('Web shop')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByText(/^asn_/).waitFor()
    await assertAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('Web shop').waitFor()
    await page.getByText(/^asn_/).waitFor({ state: 'detached' })
  })
})
