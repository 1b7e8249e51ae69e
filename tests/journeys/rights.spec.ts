import { readFile } from 'node:fs/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { adasMail } from '#tests/support/adas_mail'
import { ask } from '#tests/support/imports'
import { assertAccessible, assertPageAccessible, journey } from '#tests/support/journey'
import { newestRightsMail } from '#tests/support/rights_mail'
import { letTheWorkerWork } from '#tests/support/worker'
import { memberOf } from '#tests/support/workspace'

const here = () => `http://${process.env.HOST}:${process.env.PORT}`

test.group('What readers ask for by right', () => {
  test('their data, in German, and deletion, in English, by a mail to the address itself, without JavaScript', async ({
    browser,
    assert,
  }) => {
    const mail = await adasMail()
    await db.from('contacts').where('id', mail.ada.id).update({ locale: 'de', last_name: 'Lovelace' })
    const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true })
    const page = await context.newPage()
    const heading = () => page.getByRole('heading', { level: 1 }).textContent()

    await page.goto(`${here()}${mail.urls.preferences}`)
    await page.getByRole('button', { name: 'Meine Daten schicken' }).click()
    assert.include(await page.getByRole('status').textContent(), 'Eine E-Mail an A•••@example.test ist unterwegs.')
    const data = await newestRightsMail(mail.workspace)
    assert.equal(data.mail!.subject, 'Ihre Daten bei Blue Door Bakery')
    await page.goto(`${here()}${data.path}`)
    assert.equal(await heading(), 'Ihre Daten bei Blue Door Bakery')
    const files = []
    for (const name of ['Zum Lesen herunterladen', 'Für Programme herunterladen (JSON)']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
      files.push(await readFile(await download.path(), 'utf8'))
    }
    assert.include(files[0], 'Lovelace')
    assert.equal(JSON.parse(files[1]).contact.last_name, 'Lovelace')

    await page.goto(`${here()}${mail.urls.preferences}?lang=en`)
    await page.getByRole('button', { name: 'Delete my data' }).click()
    const goodbye = await newestRightsMail(mail.workspace)
    assert.equal(goodbye.mail!.subject, 'Delete your data at Blue Door Bakery?')
    await page.goto(`${here()}${goodbye.path}`)
    await page.getByRole('button', { name: 'Delete my data for good' }).click()
    assert.equal(await heading(), 'Your data is deleted')
    await page.getByRole('heading', { name: 'Certificate' }).waitFor()
    assert.lengthOf(await context.cookies(), 0)
    await letTheWorkerWork(mail.workspace)
    assert.isNotNull((await db.from('contacts').where('id', mail.ada.id).first()).erased_at)
    await context.close()
  })

  test('the page of somebody who was deleted and not erased passes axe, by day and by night', async ({
    browserContext,
  }) => {
    const mail = await adasMail()
    await db.from('contacts').where('id', mail.ada.id).update({ deleted_at: new Date() })
    const page = await browserContext.newPage()
    await page.setViewportSize({ width: 375, height: 700 })
    await page.goto(`${here()}${mail.urls.preferences}?lang=de`)
    await page.getByRole('button', { name: 'Meine Daten löschen' }).waitFor()
    await assertPageAccessible(page)
  })

  test('the pages pass axe, in every language and width', async ({ browser, client }) => {
    const mail = await adasMail()
    for (const what of ['data', 'erase']) await client.post(mail.urls.preferences).form({ do: what })
    await newestRightsMail(mail.workspace)
    const mails = await db.from('captured_messages').where('workspace_id', mail.workspace.id).orderBy('id')
    const paths = mails.map(({ text }) => /\/r\/[\w-]+/.exec(text)![0])
    const context = await browser.newContext({ bypassCSP: true })
    const page = await context.newPage()
    for (const [language, width] of [
      ['en', 1440],
      ['de', 768],
      ['fr', 375],
      ['es', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of [...paths, '/r/nonsense', mail.urls.preferences]) {
        await page.goto(`${here()}${path}?lang=${language}`)
        await assertPageAccessible(page)
      }
    }
    await page.goto(`${here()}${paths[1]}`)
    await page.locator('button[value=erase]').click()
    await assertPageAccessible(page)
    await context.close()
  })
})

test.group('A restriction', () => {
  test('is recorded, done, seen on the contact’s page and lifted with a reason', async ({ browserContext, assert }) => {
    const mail = await adasMail()
    const { user } = await memberOf(mail.workspace, { role: 'owner' })
    const { page, complaints, open } = await journey(browserContext, user)
    await ask(mail.token, 'POST', '/privacy-requests', {
      contact_id: mail.ada.id,
      kind: 'restriction',
      note: 'a dispute',
    })
    await open(`/w/${mail.workspace.id}/contacts/requests`)
    await page.getByRole('button', { name: 'Look at the request of Ada' }).click()
    await page.getByText('GDPR art. 18').waitFor()
    await page.getByRole('button', { name: 'Do it now' }).click()
    await page.getByRole('alert').getByText('The request is done').first().waitFor()

    await open(`/w/${mail.workspace.id}/contacts/${mail.ada.id}`)
    await page.getByText('Their data is restricted').waitFor()
    await page.getByText('Why: a dispute').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Lift the restriction' }).click()
    const modal = page.getByRole('dialog')
    await modal.getByRole('button', { name: 'Lift the restriction' }).click()
    await modal.getByText('Say why, in a few words.').waitFor()
    await assertAccessible(page)
    await modal.getByLabel('Why').fill('It is settled')
    await modal.getByRole('button', { name: 'Lift the restriction' }).click()
    await page.getByText('Their data is restricted').waitFor({ state: 'detached' })
    assert.lengthOf(await db.from('restrictions').where('workspace_id', mail.workspace.id), 0)
    assert.deepEqual(complaints, [])
  })
})
