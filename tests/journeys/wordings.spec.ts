import { test } from '@japa/runner'
import { plantPeople, plantTopic } from '#tests/support/consent'
import { assertAccessible, journey } from '#tests/support/journey'
import { bakery } from '#tests/support/workspace'

test.group('Wordings', () => {
  test('are written, revised, looked up, and taken over where somebody writes an agreement down', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    await plantTopic(workspace)
    const [adaId] = await plantPeople(workspace, ['ada@example.com'])
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/topics`)
    await page.getByRole('link', { name: 'Wordings' }).click()
    await page.getByText('No wordings yet').waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: 'New wording' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Save the wording' }).click()
    await dialog.getByText('Write down what people are told.').waitFor()
    await dialog.getByLabel('Wording').fill('Yes, send me the specials. I can stop at any time.')
    await dialog.getByLabel('Where they see it').fill('Sign-up form on bluedoor.test')
    await assertAccessible(page)
    await dialog.getByRole('button', { name: 'Save the wording' }).click()
    await page.getByText('The wording is saved').waitFor()

    await page.getByRole('button', { name: 'Revise' }).click()
    await dialog.getByLabel('Wording').fill('Yes, send me the weekly specials. I can stop at any time.')
    await dialog.getByRole('button', { name: 'Save as a new version' }).click()
    await page.getByText('The new version is saved').waitFor()
    await page.getByRole('button', { name: 'Version 2 of' }).click()
    await dialog.getByText('Yes, send me the specials. I can stop at any time.').waitFor()
    await assertAccessible(page)
    await page.keyboard.press('Escape')
    await assertAccessible(page)

    await open(`/w/${workspace.id}/contacts/${adaId}`)
    await page.getByRole('button', { name: 'They agreed' }).first().click()
    await dialog.getByLabel('A wording that you know').click()
    await page.getByRole('option', { name: /weekly specials/ }).click()
    assert.equal(
      await dialog.getByLabel('What they agreed to, word for word').inputValue(),
      'Yes, send me the weekly specials. I can stop at any time.'
    )
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })
})
