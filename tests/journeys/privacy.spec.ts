import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { yes } from '#tests/support/ada'
import { plantTopic } from '#tests/support/consent'
import { ask, importFile } from '#tests/support/imports'
import { assertAccessible, journey, said } from '#tests/support/journey'
import { bakery } from '#tests/support/workspace'

test.group('What people ask for by right', () => {
  test('is recorded, done and certified; who is erased comes back mailable in no way', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user, token } = await bakery()
    const topic = await plantTopic(workspace)
    const { id } = (await ask(token, 'POST', '/contacts', { email: 'ada@example.com', first_name: 'Ada' })).body
    await ask(token, 'POST', `/contacts/${id}/consents`, { ...yes, topic_id: String(topic.id) })
    const { page, complaints, open } = await journey(browserContext, user)

    await open(`/w/${workspace.id}/contacts/${id}`)
    await page.getByRole('button', { name: 'Actions for Ada' }).click()
    await page.getByRole('menuitem', { name: 'Record a request of theirs' }).click()
    await page.getByRole('combobox', { name: 'What' }).click()
    await page.getByRole('option', { name: 'Be erased' }).click()
    await page.getByLabel('Note').fill('Ada wrote to us')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Record a request' }).click()
    await said(page, 'The request is recorded and due on')

    await open(`/w/${workspace.id}/contacts/requests`)
    await page.getByRole('button', { name: 'Look at the request of Ada' }).waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Look at the request of Ada' }).click()
    await page.getByText('Ada wrote to us').waitFor()
    await page.getByLabel('Write ERASE to go on').fill('ERASE')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Do it now' }).click()
    await said(page, 'The request is done')
    await dispatchDueEvents(listeners, { workspaceId: workspace.id })
    await page.getByRole('button', { name: 'Look at the request of An erased person' }).click()
    const [certificate] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Certificate' }).click(),
    ])
    assert.match(certificate.suggestedFilename(), /^certificate-\d+\.json$/)

    await importFile({ workspace, token }, 'email\nada@example.com\n', { mapping: { email: 'email' } })
    const [back] = await db
      .from('contacts')
      .where({ workspace_id: workspace.id, email_key: 'ada@example.com' })
      .whereNull('deleted_at')
    await ask(token, 'POST', `/contacts/${back.id}/consents`, { ...yes, topic_id: String(topic.id) })
    const other = (await ask(token, 'POST', '/contacts', { first_name: 'Somebody' })).body
    await ask(token, 'POST', `/contacts/${other.id}/consents`, { ...yes, topic_id: String(topic.id) })
    await ask(token, 'POST', `/contacts/${back.id}/merge`, { into: other.id })
    const verdict = await ask(token, 'POST', '/consents/check', { contact_id: other.id, topic_id: String(topic.id) })
    assert.equal(verdict.body.reason, 'suppressed_erased')
    await open(`/w/${workspace.id}/contacts/suppressions?q=ada@example.com`)
    await page.getByText('An erased address').first().waitFor()
    assert.deepEqual(complaints, [])
  })
})
