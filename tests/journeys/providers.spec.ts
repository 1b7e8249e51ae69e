import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { assertAccessible, journey } from '#tests/support/journey'
import { mailServer } from '#tests/support/mail_server'
import { plantTopic } from '#tests/support/consent'
import { standIn } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

test.group('The providers of a workspace', () => {
  test('are connected, put in order, tried and removed; a topic gets one of its own', async ({
    browserContext,
    assert,
    cleanup,
  }) => {
    const provider = await standIn()
    const smtp = await mailServer()
    const before = { ...process.env }
    Object.assign(process.env, { RESEND_BASE_URL: provider.url, ALLOW_PRIVATE_ADDRESSES: 'true' })
    cleanup(() => {
      for (const name of ['RESEND_BASE_URL', 'ALLOW_PRIVATE_ADDRESSES']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    })
    const { workspace, user } = await bakery()
    await plantTopic(workspace)
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/, /503/] })

    await open(`/w/${workspace.id}/settings/sending`)
    await page.getByText('Mail stays here.').waitFor()
    await page.getByRole('button', { name: 'Connect a provider' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
    await dialog.getByLabel(/API key/).fill('re_bad_key_of_nobody')
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.getByText('Resend does not accept this key.').waitFor()
    await assertAccessible(page)
    await dialog.getByLabel(/API key/).fill('re_journey_0123456789')
    await dialog.getByLabel('Name').fill('Our Resend')
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('The provider is connected').waitFor()

    await page.getByRole('button', { name: 'Connect a provider' }).click()
    await dialog.getByLabel('Provider').selectOption('Amazon SES')
    await dialog.getByLabel('Secret access key').waitFor()
    await dialog.getByLabel('Provider').selectOption('Postmark')
    await dialog.getByLabel('Server API token').waitFor()
    await assertAccessible(page)
    await dialog.getByLabel('Provider').selectOption('SMTP')
    await dialog.getByLabel('Host').fill('127.0.0.1')
    await dialog.getByLabel('Port').fill(String(smtp.port))
    await dialog.getByLabel('Security').selectOption('None: only inside a private network')
    await dialog.getByLabel('Name').fill('Own server')
    await dialog.getByLabel('Steps in for others').check({ force: true })
    await dialog.getByRole('button', { name: 'Connect' }).click()

    const list = page.getByRole('region', { name: 'Providers' })
    const rows = list.getByRole('listitem')
    await rows.nth(1).getByText('Steps in', { exact: true }).waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Move Own server up' }).focus()
    await page.keyboard.press('Enter')
    await rows.nth(0).getByText('Own server').waitFor()
    await page.getByRole('button', { name: 'More for Own server' }).click()
    await page.getByRole('menuitem', { name: 'Send me a mail' }).click()
    await list.getByText(`A mail is on its way to ${user.email}.`).waitFor()
    assert.include(smtp.received[0], 'Subject: A test of Own server')

    await page.getByRole('button', { name: 'More for Own server' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    const editing = page.getByRole('dialog', { name: 'Edit Own server' })
    await editing.getByLabel('Name').fill('Backup server')
    await editing.getByRole('button', { name: 'Save' }).click()
    await rows.nth(0).getByText('Backup server').waitFor()

    await open(`/w/${workspace.id}/topics`)
    await page.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    const topic = page.getByRole('dialog', { name: 'Edit topic' })
    await topic.getByLabel('Sends by').selectOption('Our Resend')
    await assertAccessible(page)
    await topic.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/is saved/).waitFor()
    await open(`/w/${workspace.id}/settings/sending`)
    await rows
      .nth(1)
      .getByText(/sends /)
      .waitFor()

    await page.getByRole('button', { name: 'More for Backup server' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('dialog', { name: 'Remove Backup server?' }).getByRole('button', { name: 'Remove' }).click()
    await page.getByText('The provider is removed').waitFor()
    assert.lengthOf(await db.from('provider_accounts').where({ workspace_id: workspace.id }), 1)
    assert.deepEqual(complaints, [])
  })
})
