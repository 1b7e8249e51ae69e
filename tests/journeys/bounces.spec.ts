import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { readDueMailbox } from '#app/delivery/feedback/mailbox/read_mailboxes'
import { bakery } from '#tests/support/workspace'
import { imapServer, imapUser } from '#tests/support/imap_server'
import { mailProvider } from '#tests/support/mail_provider'
import { assertAccessible, journey } from '#tests/support/journey'
import { sentCampaign } from '#tests/support/sent_campaign'
import { plantPeople } from '#tests/support/consent'
import { setEnvironment } from '#tests/support/environment'

test.group('Bounces', () => {
  test('rules and mailbox are set, tried, tested and taken away', async ({ browserContext, assert }) => {
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'true' })
    const { port } = await imapServer({ mails: ['Subject: old\r\n\r\nold'] })
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    await open(`/w/${workspace.id}/settings/sending`)

    await page.getByLabel('Give an address up after so many bounces').fill('5')
    await page.getByRole('radio', { name: 'Only note it' }).check()
    await page.getByRole('region', { name: 'Bounces' }).getByRole('button', { name: 'Save' }).click()
    await page.getByText('The rules for bounces are saved').waitFor()

    await page.getByRole('button', { name: 'Set up a mailbox' }).click()
    await page.getByLabel('Its address').fill('bounces@bakery.test')
    await page.getByLabel('IMAP server').fill('127.0.0.1')
    await page.getByRole('spinbutton', { name: 'Port' }).fill(String(port))
    await page.getByLabel('Encryption').selectOption('none')
    await page.getByRole('textbox', { name: 'User' }).fill(imapUser.user)
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Try and save' }).click()
    await page.getByText('The server does not accept user and password').waitFor()
    await page.getByRole('textbox', { name: 'Password' }).fill(imapUser.password)
    await page.getByRole('button', { name: 'Try and save' }).click()
    await page.getByText('It is read every minute').waitFor()
    await page.getByRole('button', { name: 'Test it' }).click()
    await page.getByText('The mailbox opens; it holds 1 mail').waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('button', { name: 'Set up a mailbox' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('a mailbox that takes no password is opened by consent, and again when that has ended', async ({
    browserContext,
    assert,
  }) => {
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'true' })
    const here = `http://${process.env.HOST}:${process.env.PORT}`
    const provider = await mailProvider({ sendBack: (address) => address.replace(process.env.APP_URL!, here) })
    const { port } = await imapServer({ mails: ['Subject: old\r\n\r\nold'], token: provider.goodToken })
    const { workspace, user } = await bakery()
    // there, and back again
    const expected = [/422/, /foreign request: \S+\/authorize\?/, /foreign request: \S+\/settings\/sending\/sign-in\?/]
    const { page, complaints, open } = await journey(browserContext, user, { expected })
    await open(`/w/${workspace.id}/settings/sending`)

    await page.getByRole('button', { name: 'Set up a mailbox' }).click()
    const way = page.getByLabel('How it is opened')
    await way.selectOption('microsoft')
    await assertAccessible(page)
    await way.selectOption('other')
    await page.getByText(`/w/${workspace.id}/settings/sending/sign-in`).waitFor()
    await page.getByLabel('Its address').fill('bounces@bakery.test')
    await page.getByLabel('Client ID').fill(provider.app.client_id)
    const secret = page.getByRole('textbox', { name: 'Client secret' })
    await secret.fill(provider.app.client_secret)
    await page.getByLabel('Authorization endpoint').fill(provider.app.authorization_endpoint)
    await page.getByLabel('Token endpoint').fill(provider.app.token_endpoint)
    await page.getByRole('textbox', { name: 'Scope' }).fill(provider.app.scope)
    await page.getByLabel('IMAP server').fill('127.0.0.1')
    await page.getByRole('spinbutton', { name: 'Port' }).fill(String(port))
    await page.getByLabel('Encryption').selectOption('none')
    await page.getByRole('textbox', { name: 'User' }).fill(imapUser.user)
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Sign in there' }).click()
    await page.getByRole('link', { name: 'Deny' }).click()
    await page.getByText('consent was not given').waitFor()
    await assertAccessible(page)

    await page.getByRole('link', { name: 'Back to the settings' }).click()
    await page.getByRole('button', { name: 'Set up a mailbox' }).click()
    assert.equal(await page.getByLabel('Token endpoint').inputValue(), provider.app.token_endpoint)
    await secret.fill(provider.app.client_secret)
    await page.getByRole('button', { name: 'Sign in there' }).click()
    await page.getByRole('link', { name: 'Allow' }).click()
    await page.getByText('It is read every minute').waitFor()
    await page.getByText('Opened by a sign-in at 127.0.0.1').waitFor()
    assert.notInclude(page.url(), 'code=')

    provider.revoke()
    const of = { workspace_id: workspace.id }
    await db
      .from('mailbox_grants')
      .where(of)
      .update({ fresh_until: new Date(0) })
    await db
      .from('bounce_mailboxes')
      .where(of)
      .update({ next_check_at: new Date(0) })
    await readDueMailbox({ workspaceId: workspace.id })
    await page.getByText('it does not take this sign-in, or no longer').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('link', { name: 'Allow' }).click()
    await page.getByText('It is read every minute').waitFor()
    await page.getByRole('button', { name: 'Test it' }).click()
    await page.getByText('The mailbox opens; it holds 1 mail').waitFor()
    assert.deepEqual(complaints, [])
  })

  test('what came back is told with its reason, with the person and with the campaign', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const [contactId] = await plantPeople(workspace, ['eve@bakery.test'])
    const { campaignId } = await sentCampaign(workspace, { contactId })
    const note = 'The mailbox is full. · 452 4.2.2 Mailbox full'
    await db
      .from('messages')
      .where({ workspace_id: workspace.id, campaign_id: campaignId })
      .update({ state: 'bounced', reason: 'bounce_soft', note, ended_at: new Date() })
    await db.table('bounces').insert({
      ...{ workspace_id: workspace.id, campaign_id: campaignId, contact_id: contactId },
      ...{ class: 'auto_reply', rule: 'out_of_office', source: 'mailbox', at: new Date() },
    })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/contacts/${contactId}`)
    await page.getByText(note).waitFor()
    await page.getByText('Away: an automatic answer').waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })
})
