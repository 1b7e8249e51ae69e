import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { plantTopic, standing } from '#tests/support/consent'
import { answersLate, assertAccessible, holds, journey, said } from '#tests/support/journey'
import { bakery } from '#tests/support/workspace'
import { known } from '#tests/support/people'
import { until } from '#tests/support/processes'

test.group('People', () => {
  test('somebody is added by hand; adding grants nothing, and a second time leads to the first', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    await plantTopic(workspace)
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/409/, /422/] })

    await open(`/w/${workspace.id}/contacts`)
    await page.getByRole('heading', { name: 'Nobody here yet' }).waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: 'Add a contact' }).click()
    await page.getByLabel('E-mail').fill('ada(at)bluedoor.test')
    await page.getByLabel('First name').fill('Ada')
    await page.keyboard.press('Enter')
    await page.locator('[aria-invalid=true]').first().waitFor()
    await assertAccessible(page)
    await page.getByLabel('E-mail').fill('ada@bluedoor.test')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.waitForURL('**/contacts/*')
    await page.getByRole('heading', { name: 'Ada', exact: true }).waitFor()
    await page.getByText('Never asked').waitFor()
    const [{ id }] = await db.from('contacts').where('workspace_id', workspace.id)
    assert.lengthOf(await db.from('consent_entries').where({ workspace_id: workspace.id, contact_id: id }), 0)

    await open(`/w/${workspace.id}/contacts?new=1`)
    await page.getByLabel('E-mail').fill('ADA@bluedoor.test')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('link', { name: 'Open the contact that has it' }).click()
    await page.waitForURL(`**/contacts/${id}`)
    assert.deepEqual(complaints, [])
  })

  test('a pause in the middle of a search takes away nothing that is typed', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    await known(workspace, { email: 'ada@bluedoor.test', first_name: 'Ada Baker' })
    const { page, complaints, open } = await journey(browserContext, user)

    await open(`/w/${workspace.id}/contacts`)
    const search = page.getByRole('searchbox', { name: 'Find by name or address' })
    await search.pressSequentially('ada ')
    await page.waitForURL('**/contacts?q=ada')
    await search.pressSequentially('baker')
    await page.waitForURL('**/contacts?q=ada+baker')
    assert.equal(await search.inputValue(), 'ada baker')
    await page.goBack()
    await page.goForward()
    await holds(search, 'ada baker')
    assert.deepEqual(complaints, [])
  })

  test('many are tagged in one go, and it is taken back', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    await known(workspace, { email: 'ada@bluedoor.test', first_name: 'Ada' })
    await known(workspace, { email: 'ben@bluedoor.test', first_name: 'Ben' })
    const { page, complaints, open } = await journey(browserContext, user)
    const tagged = () => db.from('contact_tags').where('workspace_id', workspace.id)

    await open(`/w/${workspace.id}/contacts`)
    await page.getByRole('checkbox', { name: 'Select Ada' }).click()
    await page.getByRole('checkbox', { name: 'Select Ben' }).click()
    await page.getByText('2 chosen').waitFor()
    await assertAccessible(page)
    await page.setViewportSize({ width: 375, height: 520 })
    await page.evaluate('scrollTo(0, 0)')
    const ada = page.getByRole('link', { name: 'Ada' })
    await ada.focus()
    const bar = page.getByRole('region', { name: 'What to do with the chosen' })
    const [link, below] = [await ada.boundingBox(), await bar.boundingBox()]
    assert.isAtMost(link!.y + link!.height, below!.y, 'the bar does not lie over what has the focus')
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('button', { name: 'Add tag' }).click()
    await page.getByRole('combobox', { name: 'Which tag?' }).fill('vip')
    await page.keyboard.press('Enter')
    await said(page, '2 people have “vip” now')
    assert.lengthOf(await tagged(), 2)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('vip', { exact: true }).first().waitFor({ state: 'hidden' })
    await until('nobody has it', async () => (await tagged()).length === 0)

    await page.keyboard.press('/')
    await page.keyboard.type('ben')
    await page.waitForURL('**q=ben**')
    await page.getByRole('link', { name: 'Ada' }).waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: 'Ben' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('an agreement and a withdrawal are written down, with the rules and the proof beside them', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const topic = await plantTopic(workspace, 'Weekly specials')
    const ada = await known(workspace, { email: 'ada@bluedoor.test', first_name: 'Ada' })
    const { page, complaints, open } = await journey(browserContext, user)

    await open(`/w/${workspace.id}/contacts/${ada.id}`)
    await page.getByRole('button', { name: 'They agreed' }).click()
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByText('Write down what they agreed to.').waitFor()
    await assertAccessible(page)
    await page.getByLabel('What they agreed to, word for word').fill('Yes, write to me.')
    await page.getByLabel('Where and how they said it').fill('At the counter')
    await page.getByRole('button', { name: 'Record it' }).click()
    await said(page, 'Ada agreed to Weekly specials')
    assert.equal(await standing(workspace, ada.id, topic), 'granted')
    await page.getByRole('button', { name: 'Show the rules' }).click()
    await page.getByText('Yes, we may.').waitFor()

    await page.getByRole('button', { name: 'They left' }).click()
    await page.getByLabel('Why').fill('Moved away')
    await page.getByLabel('How they told you').fill('By phone')
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByText('No, we may not.').waitFor()
    assert.equal(await standing(workspace, ada.id, topic), 'withdrawn')

    await page.getByRole('tab', { name: 'Agreements' }).click()
    await page.getByText('All 2 entries are sealed and unchanged.').waitFor()
    await assertAccessible(page)
    const proof = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Print the proof' }).click()
    await (await proof).getByText('Yes, write to me.').first().waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save it as a PDF' }).click()
    assert.equal((await saved).suggestedFilename(), `proof-of-consent-${ada.id}.pdf`)
    assert.deepEqual(complaints, [])
  })

  test('what is known of somebody is changed in place; a refusal stands beside its field', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, token } = await bakery()
    const ada = await known(workspace, { email: 'ada@bluedoor.test', first_name: 'Ada' })
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    await open(`/w/${workspace.id}/contacts/${ada.id}`)
    await page.getByLabel('Last name').fill('Lovett')
    await page.keyboard.press('Tab')
    await page.getByRole('heading', { name: 'Ada Lovett' }).waitFor()
    await page.getByText('Saved').waitFor()
    const readAgain = page.waitForResponse(
      (answer) => answer.request().method() === 'GET' && answer.url().endsWith(`/contacts/${ada.id}`)
    )
    await page.route(`**/api/v1/contacts/${ada.id}`, async (route) => {
      if (route.request().method() === 'PATCH') await readAgain
      await route.fallback()
    })
    await page.getByLabel('Phone').fill('0117')
    await page.keyboard.press('Tab')
    await client.patch(`/api/v1/contacts/${ada.id}`).bearerToken(token).json({ external_id: 'A-7' })
    await page.getByText('Write the phone number with its country code').waitFor()
    assert.equal(await page.getByLabel('Phone').inputValue(), '0117')
    await assertAccessible(page)

    await answersLate(page, 'contacts/*')
    await page.getByRole('button', { name: 'Delete' }).click()
    await said(page, 'Ada Lovett is deleted')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Ada Lovett' }).waitFor()
    assert.deepEqual(complaints, [])
  })
})

test.group('Around people', () => {
  test('suppressed addresses and fields are kept, and pass axe', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    await open(`/w/${workspace.id}/contacts/suppressions`)
    await page.getByRole('button', { name: 'Suppress addresses' }).first().click()
    await page.getByRole('textbox', { name: 'Addresses' }).fill('eve@bluedoor.test\nfinn@bluedoor.test, nonsense')
    await page.getByRole('button', { name: 'Suppress', exact: true }).click()
    await page.getByText('nonsense:').waitFor()
    await assertAccessible(page)
    await page.getByRole('textbox', { name: 'Addresses' }).fill('eve@bluedoor.test\nfinn@bluedoor.test')
    await page.getByRole('button', { name: 'Suppress', exact: true }).click()
    await said(page, '2 addresses are suppressed')
    await page.getByText('finn@bluedoor.test', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'From a file' }).click()
    const list = {
      name: 'gone.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('email\neve@bluedoor.test\ngil@bluedoor.test\nx\n'),
    }
    await page.locator('input[type=file]').setInputFiles(list)
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByText('One row holds no address and is left out').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Suppress one address' }).click()
    await said(page, 'One address is suppressed')
    await page.getByText('gil@bluedoor.test', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Let eve@bluedoor.test receive again' }).click()
    await page.getByLabel('Why').fill('It was a typing error')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Let it receive again' }).click()
    await page.getByText('eve@bluedoor.test', { exact: true }).waitFor({ state: 'hidden' })

    await open(`/w/${workspace.id}/contacts/fields`)
    await page.getByRole('button', { name: 'New field' }).first().click()
    await page.getByLabel('Name', { exact: false }).first().fill('Größe (cm)')
    assert.equal(await page.getByLabel('Short name').inputValue(), 'groesse_cm')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('{{ contact.groesse_cm }}').waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })
})
