import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { assertAccessible, journey } from '#tests/support/journey'
import { letTheWorkerWork } from '#tests/support/worker'
import { memberOf } from '#tests/support/workspace'
import { campaign } from '#tests/support/written_campaign'

test.group('People of whom nobody knows whether they got it', () => {
  test('are told in the receipt; a person says what they found, and tries again', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { id, api, ids, workspace } = await campaign(client)
    const { user } = await memberOf(workspace, { role: 'owner' })
    const deliver = async () => {
      await sendAllOf({ workspaceId: workspace.id })
      await letTheWorkerWork(workspace)
    }
    await api.post(`/${id}/send`)
    await deliver()
    await db
      .from('messages')
      .where({ workspace_id: workspace.id, contact_id: ids[0] })
      .update({ state: 'unconfirmed', reason: 'not_in_providers_list', note: 'No answer.', provider_id: null })
    await db.from('campaigns').where({ id }).update({ status: 'sent_with_problems' })

    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/campaigns/${id}/report?tab=receipt`)
    await page.getByText('Of 1 person nobody knows whether they got it').waitFor()
    await page.getByText('1 of them is not in its list').waitFor()
    await page.getByRole('listitem').getByText('not in the provider’s own list').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Say what you found…' }).click()
    const dialog = page.getByRole('dialog', { name: 'What became of 1 person’s mail?' })
    await dialog.getByRole('button', { name: 'Write it down' }).click()
    await dialog.getByText('Choose what you found.').waitFor()
    await dialog.getByText('Say how you know it, in a few words.').waitFor()
    await assertAccessible(page)
    await dialog.getByRole('radio', { name: 'They were not sent' }).check()
    await dialog.getByRole('textbox', { name: 'How do you know?' }).fill('It is not in the log of our mail server.')
    await dialog.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('1 person did not get it, as was found out.').waitFor()
    await page.getByRole('listitem').getByText('not sent, as a person found out').waitFor()
    await page.getByRole('button', { name: 'Try the failed ones again' }).click()
    await page.getByText('1 person is still waiting').waitFor()
    await deliver()
    await page.getByText('The account closes').waitFor()
    assert.equal((await api.get(`/${id}`)).body().status, 'sent')
    assert.deepEqual(complaints, [])
  })
})
