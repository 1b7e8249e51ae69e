import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { answersLate, assertAccessible, journey, choose, said } from '#tests/support/journey'
import { bakery } from '#tests/support/workspace'
import { known } from '#tests/support/people'

test.group('A segment', () => {
  test('is built by keyboard and mouse, counts as one goes, explains itself and is saved', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    await known(workspace, { email: 'ada@bluedoor.test', first_name: 'Ada', tags: ['vip'] })
    await known(workspace, { email: 'ben@bluedoor.test', first_name: 'Ben', tags: ['vip'] })
    await known(workspace, { email: 'cara@bluedoor.test', first_name: 'Cara' })
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    const counts = (n: number) => page.locator(`[data-preview-count="${n}"]`).waitFor()

    await open(`/w/${workspace.id}/segments`)
    await page.getByRole('heading', { name: 'No segments yet' }).waitFor()
    await page.getByRole('link', { name: 'New segment' }).first().click()
    await page.getByLabel('Name').fill('The good ones')
    await choose(page, 'What to look at', 'Tag')
    await page.getByRole('combobox', { name: 'Tag' }).fill('vip')
    await page.keyboard.press('Escape')
    await counts(2)
    await page.getByText('People who have the tag “vip”.').waitFor()

    await page.getByRole('button', { name: 'Add a condition' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('[role=combobox]:focus').waitFor()
    await page.keyboard.type('First na')
    await page.getByRole('option', { name: 'First name' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This condition is not finished.').waitFor()
    await assertAccessible(page)
    await page.getByLabel('Value').fill('Ada')
    await counts(1)

    await page.getByRole('combobox', { name: 'Person' }).fill('ben')
    await page.getByRole('option', { name: /Ben/ }).click()
    await page.getByText('No, they are not in.').waitFor()
    await page.getByText('We see: Ben').waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/segments\/\d+$/)
    await page.getByRole('heading', { name: 'The good ones' }).waitFor()
    const [saved] = await db.from('segments').where('workspace_id', workspace.id)
    assert.deepEqual(saved.rule, { all: [{ tag: 'vip' }, { field: 'first_name', op: 'eq', value: 'Ada' }] })

    await page.getByRole('button', { name: 'Remove this condition' }).last().click()
    await counts(2)
    await page.locator('button:focus', { hasText: 'Add a condition' }).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await said(page, 'The good ones is saved')

    await answersLate(page, 'segments/*')
    await page.getByRole('button', { name: 'Actions for The good ones' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.waitForURL(/segments$/)
    await said(page, 'The good ones is deleted')
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByRole('link', { name: 'The good ones' }).waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })
})
