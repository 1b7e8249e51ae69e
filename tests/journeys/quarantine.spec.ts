import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { bakeryForm } from '#tests/support/sign_up_form'
import { assertAccessible, assertPageAccessible, journey } from '#tests/support/journey'

const here = () => `http://${process.env.HOST}:${process.env.PORT}`

test.group('Doubtful sign-ups', () => {
  test('a person approves one, rejects two with a reason, takes that back, and sees who decided what', async ({
    client,
    browserContext,
    assert,
  }) => {
    const it = await bakeryForm(client, { fields: [{ name: 'first_name', label: 'First name' }] })
    for (const name of ['ada', 'ben', 'cara'])
      await it.postByProgram({ email: `${name}@people.test`, first_name: name })
    const { page, complaints, open } = await journey(browserContext, it.user)

    await open(`/w/${it.workspace.id}/forms`)
    await page.getByRole('link', { name: /Quarantine/ }).click()
    await page.getByRole('button', { name: 'Look at ada@people.test' }).waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Look at ada@people.test' }).click()
    await page.getByText('It was sent by a program').last().waitFor()
    await assertAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved: a mail asks for the confirmation.').waitFor()
    await page.getByRole('button', { name: 'Look at ada@people.test' }).waitFor({ state: 'detached' })
    const [mail] = await it.mails()
    assert.equal(mail.to_address, 'ada@people.test')

    for (const name of ['ben', 'cara']) await page.getByRole('checkbox', { name: `${name}@people.test` }).check()
    await assertAccessible(page)
    await page
      .getByRole('region', { name: 'What to do with the chosen ones' })
      .getByRole('button', { name: 'Reject' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await page.getByText('Say why, in a few words.').waitFor()
    await page.getByLabel('Why').fill('One wave of machines')
    await assertAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await page.getByText('Nobody waits').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Look at ben@people.test' }).waitFor()

    await page.getByRole('combobox', { name: 'Decision' }).selectOption('approved')
    await page.getByRole('button', { name: 'Look at ada@people.test' }).click()
    await page.getByText(/approved it on/).waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })

  test('what one form makes of doubts is set beside the rules', async ({ client, browserContext, assert }) => {
    const it = await bakeryForm(client)
    const { page, complaints, open } = await journey(browserContext, it.user)
    await open(`/w/${it.workspace.id}/forms/quarantine?new=rules`)
    await page.getByText('Look at addresses of an office').waitFor()
    await assertAccessible(page)
    await page.getByRole('switch', { name: /Look at addresses of an office/ }).check()
    await page.getByText('Saved').waitFor()
    const { doubts } = (await it.api.get(`/forms/${it.form.id}`)).body()
    assert.deepEqual(doubts, { is_on: true, role: true, disposable: true, shared_network: false })
    assert.deepEqual(complaints, [])
  })
})

test.group('The puzzle of a form', () => {
  test('is solved while somebody types, and proves nothing twice', async ({ client, browser, assert }) => {
    const it = await bakeryForm(client)
    const context = await browser.newContext()
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await page.goto(`${here()}${it.path}`)
    await page.getByLabel('E-mail address').fill('ada@people.test')
    await page.getByRole('checkbox', { name: 'Weekly specials' }).check()
    await page.locator('input[name=proof]').waitFor({ state: 'attached' })
    await assertPageAccessible(page)
    await page.waitForTimeout(4_100)
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('heading', { name: 'Please confirm by e-mail' }).waitFor()
    const [row] = await it.submissions()
    assert.deepEqual(Object.keys(row.signals), ['agent_machine'], 'nothing but that this browser is a machine’s')
    assert.lengthOf(await db.from('spent_proofs').where('workspace_id', it.workspace.id), 1)
    assert.deepEqual(said, [])
    await context.close()
  })

  test('keeps nobody waiting: pressed at once it is waited for, and where it cannot be had the form goes without', async ({
    client,
    browser,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.route('**/challenge', (route) => route.abort())
    await page.goto(`${here()}${it.path}`)
    await page.getByLabel('E-mail address').fill('ada@people.test')
    await page.getByRole('checkbox', { name: 'Weekly specials' }).check()
    await page.waitForTimeout(2_100)
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('heading', { name: 'Please confirm by e-mail' }).waitFor()
    assert.include(Object.keys((await it.submissions())[0].signals), 'proof_missing')
    await context.close()
  })
})
