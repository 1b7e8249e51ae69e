import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { closeDueReconfirmations } from '#campaigns'
import { castOfWeakProof, questionsSent, timeIsOver } from '#tests/support/asking'
import { assertAccessible, assertPageAccessible, holds, journey, said } from '#tests/support/journey'

test.group('Asking again', () => {
  test('from the numbers to the mail, the reader’s button without JavaScript, the account and the rest', async ({
    browser,
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, api, people } = await castOfWeakProof(client)
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/topics`)
    await page.getByRole('link', { name: 'Asking again' }).click()
    await page.getByText('Nobody was asked yet').waitFor()
    await page.getByText('4 they never said yes themselves').filter({ visible: true }).waitFor()
    await page.getByText('Ask people who have been silent').waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: 'Ask them about Weekly specials' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('3 people are asked').waitFor()
    await dialog.getByText('1 added without a known basis').waitFor()
    await dialog.getByLabel('rests: gets nothing about it until they come back').check()
    await assertAccessible(page)
    await dialog.getByRole('button', { name: 'Write the mail' }).click()
    await page.getByText('whether they still want Weekly specials').waitFor()
    await page.getByText('3 people get it').waitFor()
    await assertAccessible(page)

    const [round] = (await api.get('/reconfirmations')).body().data
    ;(await api.post(`/campaigns/${round.campaign_id}/send`)).assertStatus(202)
    const mails = await questionsSent(workspace)
    const reader = await browser.newContext({ javaScriptEnabled: false })
    const bens = await reader.newPage()
    const base = `http://${process.env.HOST}:${process.env.PORT}`
    await bens.goto(base + mails.find(({ to }) => to.startsWith('ben'))!.link)
    await bens.getByText('You can come back at any time').waitFor()
    await bens.getByRole('button', { name: 'Yes, I still want them' }).click()
    await bens.getByText('Thank you, you go on getting them').waitFor()
    await reader.close()
    const caras = await browserContext.newPage()
    for (const width of [1280, 375]) {
      await caras.setViewportSize({ width, height: 800 })
      await caras.goto(base + mails.find(({ to }) => to.startsWith('cara'))!.link)
      await assertPageAccessible(caras)
    }
    await caras.close()

    await open(`/w/${workspace.id}/topics/asking`)
    await page.getByText('3 asked: 1 yes, 0 no, 0 silent').filter({ visible: true }).first().waitFor()
    await page.getByText('2 have not answered yet').filter({ visible: true }).first().waitFor()
    await timeIsOver(round.id)
    await closeDueReconfirmations({ workspaceId: workspace.id })
    await page.getByText('3 asked: 1 yes, 0 no, 2 silent').filter({ visible: true }).first().waitFor()
    await assertAccessible(page)

    await open(`/w/${workspace.id}/contacts/${people.dev}`)
    await page.getByText('Agreed, and rests').waitFor()
    await page.getByText('They never said yes: the law takes it from what they did.').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Wake them' }).click()
    await dialog.getByRole('button', { name: 'Wake them' }).click()
    await dialog.getByText('Say why, in a few words.').waitFor()
    await dialog.getByLabel('Why').fill('They asked at the counter.')
    await assertAccessible(page)
    await dialog.getByRole('button', { name: 'Wake them' }).click()
    await said(page, /gets Weekly specials again/)
    await page.getByText('Agreed, and rests').waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
  })

  test('a question in two languages: each letter is looked at and changed, and leaves to its readers', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, api, people, topic } = await castOfWeakProof(client)
    await db.from('contacts').where({ workspace_id: workspace.id, id: people.ben }).update({ locale: 'de-AT' })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/topics/asking?ask=${topic.id}`)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 in English and 1 in German').waitFor()
    await assertAccessible(page)
    await dialog.getByRole('button', { name: 'Write the mail' }).click()
    await page.getByText('2 people in English, 1 person in German').waitFor()
    await assertAccessible(page)

    await page.getByText('German', { exact: true }).first().click()
    const subject = page.getByRole('textbox', { name: 'Subject' })
    await holds(subject, 'Möchten Sie „Weekly specials“ noch?')
    await subject.fill('Noch Brot?')
    await page.getByText(/^Saved (now|\d)/).waitFor()
    await page.getByText('ben@example.test').first().waitFor()
    await page.locator('dd', { hasText: 'Noch Brot?' }).waitFor()
    await page.setViewportSize({ width: 375, height: 800 })
    await assertAccessible(page)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByText('English', { exact: true }).first().click()
    await holds(subject, 'Do you still want “Weekly specials”?')

    const [round] = (await api.get('/reconfirmations')).body().data
    ;(await api.post(`/campaigns/${round.campaign_id}/send`)).assertStatus(202)
    const mails = await questionsSent(workspace)
    assert.sameMembers(
      mails.map((mail) => mail.subject),
      ['Noch Brot?', 'Do you still want “Weekly specials”?', 'Do you still want “Weekly specials”?']
    )
    await open(`/w/${workspace.id}/campaigns/${round.campaign_id}/report?tab=receipt`)
    await page.getByText('Each in their language').waitFor()
    await page.getByText('Noch Brot? · 1 person · German').waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })

  test('the rule for the silent shows what it would do before it is saved', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, api } = await castOfWeakProof(client)
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/topics/asking`)
    await page.getByRole('switch', { name: 'Ask people who have been silent' }).check()
    assert.equal(await page.getByLabel('Silent for days').inputValue(), '180')
    await page.getByRole('table', { name: 'What it would do' }).getByText('Weekly specials').waitFor()
    await assertAccessible(page)
    await page.getByLabel('Silent for days').fill('120')
    await page.getByRole('button', { name: 'Save', exact: true }).last().click()
    await said(page, 'The rule is saved')
    assert.containsSubset((await api.get('/workspace')).body().sunset, { days: 120, mails: 3, answer_days: 21 })
    assert.deepEqual(complaints, [])
  })
})
