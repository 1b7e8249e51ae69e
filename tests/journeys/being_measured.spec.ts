import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { enforceRetention } from '#compliance'
import { plantPeople } from '#tests/support/consent'
import { assertAccessible, journey, said } from '#tests/support/journey'
import { bakery } from '#tests/support/workspace'

test.group('What is known of people', () => {
  test('whose opens and clicks are noted is decided for all, and said by each', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const [ada] = await plantPeople(workspace, ['ada@example.com', 'ben@example.com', 'cara@example.com'])
    const { page, complaints, open } = await journey(browserContext, user)

    await open(`/w/${workspace.id}/contacts/${ada}`)
    const section = page.getByRole('region', { name: 'Opens and clicks' })
    await section.getByText('notes it of everybody who did not say no').waitFor()
    await assertAccessible(page)
    await section.getByRole('button', { name: 'They said no' }).click()
    await page.getByLabel('How they told you').fill('By phone')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Record it' }).click()
    await said(page, 'Nothing is noted of ada@example.com any more')
    await section.getByText('Not noted', { exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Agreements' }).click()
    await page.getByText('Noting opens and clicks').waitFor()

    await open(`/w/${workspace.id}/settings/privacy`)
    await page.getByText('Nobody allowed it, one said no, of 3.').waitFor()
    await page.getByLabel('Only of those who allowed it').click()
    await page.getByText('Then nothing is noted of 2 people any more').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Change it' }).click()
    await said(page, 'The setting is saved')
    const { settings } = await db.from('workspaces').where('id', workspace.id).firstOrFail()
    assert.equal(settings.tracking_policy, 'only_who_agreed')
    assert.deepEqual(complaints, [])
  })

  test('how long it is kept is shown, changed with a question, and goes in the night', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    await db.rawQuery(
      `insert into service_messages (workspace_id, email_hash, state, state_at)
       select ?, 'x', 'delivered', now() - interval '100 days' from generate_series(1, 3)`,
      [workspace.id]
    )
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/409/] })
    await open(`/w/${workspace.id}/settings/privacy`)
    const kind = page.getByRole('listitem').filter({ hasText: 'Service mail' })
    await kind.getByText('none before').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Change how long “Service mail” is kept' }).click()
    await page.getByLabel('Days').fill('90')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('3 that are kept now would be too old').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Yes, keep it for so long only' }).click()
    await said(page, 'The setting is saved')
    await kind.getByText('3 go on').waitFor()
    assert.lengthOf(await db.from('service_messages').where('workspace_id', workspace.id), 3)

    await enforceRetention({ workspaceId: workspace.id })
    await kind.getByText('3 went on').waitFor()
    await kind.getByText('nothing', { exact: true }).waitFor()
    assert.deepEqual(complaints, [])
  })
})
