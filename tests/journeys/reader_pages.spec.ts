import { test } from '@japa/runner'
import { adasMail } from '#tests/support/adas_mail'
import { assertAccessible, assertPageAccessible, journey } from '#tests/support/journey'
import { memberOf } from '#tests/support/workspace'

test.group('The pages of readers', () => {
  test('take the colour of the brand from the settings, by day and by night', async ({ assert, browserContext }) => {
    const mail = await adasMail()
    const { user } = await memberOf(mail.workspace, { role: 'admin' })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${mail.workspace.id}/settings/workspace`)
    await page.getByLabel('In the colour of the brand').click({ force: true })
    await page.getByRole('textbox', { name: 'Colour of the brand', exact: true }).fill('#ffdd00')
    await page.getByLabel('Another colour in the dark').click({ force: true })
    const inDark = page.getByRole('textbox', { name: 'Colour in the dark', exact: true })
    // emptied to be written anew, it stays
    await inDark.fill('')
    await inDark.fill('#d9b8ff')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').first().waitFor()

    const button = page.getByRole('button', { name: 'Save' })
    const fill = () => button.evaluate((one) => (globalThis as any).getComputedStyle(one).backgroundColor)
    await page.goto(`http://${process.env.HOST}:${process.env.PORT}${mail.urls.preferences}`)
    await page.emulateMedia({ colorScheme: 'light' })
    assert.equal(await fill(), 'rgb(255, 221, 0)')
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.equal(await fill(), 'rgb(217, 184, 255)')
    await assertPageAccessible(page)
    assert.deepEqual(complaints, [])
  })
})
