import { test } from '@japa/runner'
import { sendAllOf } from '#delivery'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { assertAccessible, journey } from '#tests/support/journey'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

/** The bakery with a sender, an address and a tag; Ada and Cara agreed to its weekly specials, Dev never did. */
async function bakeryWithReaders(client: any) {
  const { workspace, user, token } = await bakery()
  await workspace
    .merge({
      postalAddress: '1 Harbour Street\nBristol',
      defaultFromName: 'Blue Door Bakery',
      defaultFromEmail: 'news@bluedoor.test',
    })
    .save()
  const topic = await plantTopic(workspace)
  const [ada, cara, dev] = await plantPeople(workspace, ['ada@people.test', 'cara@people.test', 'dev@people.test'])
  await record(workspace, topic, [ada, cara])
  const ids = [ada, cara, dev].map(String)
  await client.post('/api/v1/contacts/bulk').bearerToken(token).json({ action: 'add_tag', tag: 'regular', ids })
  return { workspace, user, token, topic }
}

test.group('A campaign', () => {
  test('is written, looked at, tested, reviewed, sent and accounted for', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, topic } = await bakeryWithReaders(client)
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })

    await open(`/w/${workspace.id}/campaigns`)
    await page.getByText('No campaigns yet').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'New campaign' }).first().click()
    await page.waitForURL(/campaigns\/\d+$/)

    await page.getByRole('textbox', { name: 'Name' }).first().fill('Fresh on Friday')
    await page.getByRole('combobox', { name: 'Topic' }).click()
    await page.getByRole('option', { name: topic.name }).click()
    await page.getByRole('combobox', { name: 'Tags' }).click()
    await page.getByRole('option', { name: 'regular' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Bread on Friday')
    await page.getByRole('textbox', { name: 'The mail’s text' }).fill('Hello {{ contact.frist_name }}')
    await page.getByText('Nothing is called contact.frist_name').first().waitFor()
    await page
      .getByRole('textbox', { name: 'The mail’s text' })
      .fill('Hello {{ contact.first_name | default: "friend" }}, [fresh bread](https://bluedoor.test/bread).')
    await page.keyboard.press('Control+s')
    await page.getByText(/^Saved (now|\d)/).waitFor()
    await page.getByText('2 people get it').waitFor()
    await page.getByText('1 never agreed to this topic').waitFor()
    await page.frameLocator('iframe').getByText('Hello friend').waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByRole('dialog').getByText('Marked [TEST]').waitFor()
    await assertAccessible(page)
    await page.getByPlaceholder('Add an address').fill('ada(at)bluedoor.test')
    await page.getByRole('button', { name: 'Send the test' }).click()
    await page.getByText('“ada(at)bluedoor.test” is not an e-mail address.').waitFor()
    await page.getByPlaceholder('Add an address').press('Backspace')
    await page.getByRole('button', { name: 'Send the test' }).click()
    await page.getByText('The test is in the Outbox').waitFor()

    await page.getByRole('button', { name: 'Review and send' }).click()
    const review = page.getByRole('dialog', { name: 'Review and send' })
    await review.getByText(/^Ready/).waitFor()
    await assertAccessible(page)
    await review.getByRole('button', { name: 'Send to 2 people' }).click()
    const question = page.getByRole('dialog', { name: 'Send it now?' })
    await question.getByText(topic.name).waitFor()
    await question.getByRole('button', { name: 'Send to 2 people' }).dblclick()

    await page.getByText('0 of 2 settled').waitFor()
    await assertAccessible(page)
    await sendAllOf({ workspaceId: workspace.id })
    await letTheWorkerWork(workspace)
    await page.getByText('2 of 2 settled').waitFor()
    await page.getByText('The mails are in the Outbox').waitFor()
    await assertAccessible(page)

    await page.getByRole('link', { name: 'Open the report' }).click()
    await page
      .getByText('What people did')
      .or(page.getByRole('region', { name: 'What people did' }))
      .first()
      .waitFor()
    await page.waitForLoadState('networkidle')
    await assertAccessible(page)
    await page.getByRole('tab', { name: 'Receipt' }).click()
    await page.getByText('The account closes').waitFor()
    await page.getByText('3 in the audience = 2 accepted + 1 excluded').waitFor()
    await page.getByRole('link', { name: 'ada@people.test' }).waitFor()
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })

  test('loses no word when the line breaks and the page is closed', async ({ browserContext, client, assert }) => {
    const { workspace, user, token } = await bakeryWithReaders(client)
    const made = await client.post('/api/v1/campaigns').bearerToken(token).json({ name: 'Draft' })
    const { page, open } = await journey(browserContext, user, { expected: [/.*/] })
    await open(`/w/${workspace.id}/campaigns/${made.body().id}`)
    let isBroken = true
    await page.route('**/api/v1/campaigns/*', (route) =>
      isBroken && route.request().method() === 'PATCH' ? route.abort() : route.continue()
    )
    await page.getByRole('textbox', { name: 'Subject' }).fill('Not lost')
    await page.getByText('Offline: kept on this device').first().waitFor()
    page.once('framenavigated', () => (isBroken = false)) // not before the page is left: it tries again by itself
    await open(`/w/${workspace.id}/campaigns/${made.body().id}`)
    await page.getByText('What you typed before the page was closed is back.').waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Subject' }).inputValue(), 'Not lost')
    await page.getByText(/^Saved (now|\d)/).waitFor()
  })

  test('that a colleague changed meanwhile asks whose words stay', async ({ browserContext, client, assert }) => {
    const { workspace, user, token } = await bakeryWithReaders(client)
    const made = await client.post('/api/v1/campaigns').bearerToken(token).json({ name: 'Draft', preheader: 'before' })
    const { id } = made.body()
    const { page, open } = await journey(browserContext, user, { expected: [/409/] })
    await open(`/w/${workspace.id}/campaigns/${id}`)
    let isFirst = true
    await page.route('**/api/v1/campaigns/*', async (route) => {
      if (isFirst && route.request().method() === 'PATCH') {
        isFirst = false
        await client.patch(`/api/v1/campaigns/${id}`).bearerToken(token).json({ preheader: 'theirs' })
      }
      await route.continue()
    })
    await page.getByRole('textbox', { name: 'Subject' }).fill('Mine')
    const question = page.getByRole('dialog', { name: 'Somebody else changed this campaign' })
    await question.waitFor()
    await assertAccessible(page)
    await question.getByRole('button', { name: 'Keep mine' }).click()
    await page.getByText(/^Saved (now|\d)/).waitFor()
    const saved = (await client.get(`/api/v1/campaigns/${id}`).bearerToken(token)).body()
    assert.deepEqual([saved.subject, saved.preheader], ['Mine', 'theirs'])
  })

  test('fits a phone of 320 pixels', async ({ browserContext, client, assert }) => {
    const { workspace, user, token } = await bakeryWithReaders(client)
    const made = await client
      .post('/api/v1/campaigns')
      .bearerToken(token)
      .json({ name: 'Draft', subject: 'Bread on Friday' })
    const { page, open } = await journey(browserContext, user)
    await page.setViewportSize({ width: 320, height: 640 })
    for (const path of ['', `/${made.body().id}`, `/${made.body().id}?step=review`]) {
      await open(`/w/${workspace.id}/campaigns${path}`)
      await page.waitForLoadState('networkidle')
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, path)
    }
  })
})
