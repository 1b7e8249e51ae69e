import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { Page } from 'playwright'
import { makeDueOccurrences, startDueCampaigns } from '#campaigns'
import { sendAllOf } from '#delivery'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { feedServer } from '#tests/support/feed_server'
import { assertAccessible, journey } from '#tests/support/journey'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

/** The bakery with so many readers who are tagged, and a draft for them. */
async function bakeryWithDraft(client: any, { people = 3 } = {}) {
  const { workspace, user, token } = await bakery()
  const topic = await plantTopic(workspace)
  const ids = await plantPeople(
    workspace,
    Array.from({ length: people }, (_, no) => `p${no}@people.test`)
  )
  await record(workspace, topic, ids)
  const ask = (path: string, body: object = {}) => client.post(`/api/v1${path}`).bearerToken(token).json(body)
  await ask('/contacts/bulk', { action: 'add_tag', tag: 'regular', ids: ids.map(String) })
  const { id } = (
    await ask('/campaigns', {
      name: 'Fresh on Friday',
      topic_id: String(topic.id),
      audience: { tag_names: ['regular'] },
      subject: 'Bread on Friday',
      content: { kind: 'markdown', source: 'Hello, [fresh bread](https://bluedoor.test/bread).' },
    })
  ).body()
  return { workspace, user, ask, id, home: `/w/${workspace.id}/campaigns` }
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** As if the next moment of everything that recurs there had come: made, started, sent. */
async function nextMomentComes({ id: workspaceId }: { id: number }) {
  const now = DateTime.utc().minus({ seconds: 1 }).toJSDate()
  await db
    .from('recurring_campaigns')
    .where({ workspace_id: workspaceId, state: 'active' })
    .update({ next_at: now, due_at: now })
  await makeDueOccurrences({ workspaceId })
  await startDueCampaigns({ workspaceId })
  await sendAllOf({ workspaceId })
  await letTheWorkerWork({ id: workspaceId })
}

test.group('A campaign by the calendar', () => {
  test('is made from one that was liked, leaves by itself, leaves one out, is paused', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, home } = await bakeryWithDraft(client)
    const { page, complaints, open } = await journey(browserContext, user)
    await open(home)
    await press(page, 'Actions for Fresh on Friday')
    await page.getByRole('menuitem', { name: 'Make it recurring' }).click()
    const form = page.getByRole('dialog', { name: 'A new recurring campaign' })
    await form.getByLabel('Name').fill('Weekly bread')
    await form.getByLabel('Friday').check()
    await form.getByLabel('Monday').uncheck()
    await assertAccessible(page)
    await form.getByRole('button', { name: 'Create it' }).click()
    await page.getByText('Every Friday at 09:00').waitFor()
    await page.getByText('Bread on Friday').waitFor()
    await page.getByRole('button', { name: 'Leave out' }).nth(4).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Leave out' }).count(), 5)
    await assertAccessible(page)

    await page.getByRole('link', { name: 'Write the letter' }).click()
    await page.getByText('This is the letter of a recurring campaign').waitFor()
    await page.getByRole('textbox', { name: 'Subject' }).fill('Bread of the week')
    await page.getByText(/^Saved (now|\d)/).waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: 'Back to the calendar' }).click()

    await press(page, 'Let it begin')
    await page.getByText('From now on it leaves by itself').waitFor()
    await page.getByRole('button', { name: 'Leave out' }).first().click()
    await page.getByRole('button', { name: 'Take in again' }).waitFor()
    await nextMomentComes(workspace)
    const made = page.getByRole('table').getByRole('link', { name: /^Weekly bread, / })
    await made.waitFor()
    await page.getByRole('table').getByText('Sent', { exact: true }).waitFor()
    await assertAccessible(page)
    await made.click()
    await page.getByText('Bread of the week').first().waitFor()
    await page.goBack()

    await press(page, 'Pause')
    await page.getByText('Paused', { exact: true }).waitFor()
    await nextMomentComes(workspace)
    const mails = await db.from('captured_messages').where('workspace_id', workspace.id)
    assert.lengthOf(mails, 3)
    assert.deepEqual(complaints, [])
  })
})

test.group('A feed by mail', () => {
  test('is given, seen in the preview, sent with what is new, and nothing when nothing is', async ({
    browserContext,
    client,
    assert,
  }) => {
    const blog = await feedServer([{ id: 'rye', title: 'Rye & more' }])
    const { workspace, user, home } = await bakeryWithDraft(client, { people: 1 })
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    await open(`${home}/recurring?new=1`)
    const form = page.getByRole('dialog', { name: 'A new recurring campaign' })
    await form.getByLabel('Name').fill('From the oven')
    await form.getByLabel('A feed, if it is made of one').fill('http://127.0.0.1:1/nothing')
    await form.getByRole('button', { name: 'Create it' }).click()
    await form.getByText('This feed cannot be used. Nobody answers there.').first().waitFor()
    await form.getByLabel('A feed, if it is made of one').fill(blog.url)
    await form.getByRole('button', { name: 'Create it' }).click()
    await page.getByText('Rye & more').first().waitFor()
    await assertAccessible(page)

    await page.getByRole('link', { name: 'Write the letter' }).click()
    await page.frameLocator('iframe').getByRole('link', { name: 'Rye & more' }).waitFor()
    await page.getByRole('combobox', { name: 'Topic' }).click()
    await page.getByRole('option', { name: 'Weekly specials' }).click()
    await page.getByRole('combobox', { name: 'Tags' }).click()
    await page.getByRole('option', { name: 'regular' }).click()
    await page.getByText(/^Saved (now|\d)/).waitFor()
    await page.getByText('1 person gets it').waitFor()
    await page.getByRole('link', { name: 'Back to the calendar' }).click()
    await press(page, 'Let it begin')
    await page.getByText('From now on it leaves by itself').waitFor()
    await nextMomentComes(workspace)
    await page.getByRole('table').getByText('Sent', { exact: true }).waitFor()
    await nextMomentComes(workspace)
    await page.getByRole('table').getByText('Nothing new: no mail').waitFor()
    await assertAccessible(page)
    const mails = await db.from('captured_messages').where('workspace_id', workspace.id)
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['Rye & more']
    )
    assert.deepEqual(complaints, [])
  })
})

test.group('A letter that is changed on its way', () => {
  test('goes to those who wait, and says before and after who got which', async ({
    browserContext,
    client,
    assert,
  }) => {
    const { workspace, user, id, home, ask } = await bakeryWithDraft(client, { people: 150 })
    await ask(`/campaigns/${id}/send`)
    const second = { workspace_id: workspace.id, no: 1 }
    await db
      .from('batches')
      .where(second)
      .update({ not_before: new Date(Date.now() + 3_600_000) })
    await sendAllOf({ workspaceId: workspace.id })
    await ask(`/campaigns/${id}/pause`)
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`${home}/${id}`)
    await press(page, 'Change the letter')
    await page.getByText(/Letter 1: Bread on Friday · 100 people/).waitFor()
    await page.getByRole('textbox', { name: 'Subject' }).fill('Bread on Saturday')
    const text = page.getByRole('textbox', { name: 'The mail’s text' })
    await text.fill('Sorry: it is [Saturday](https://bluedoor.test/saturday).')
    await page.frameLocator('iframe').getByText('Sorry: it is Saturday.').waitFor()
    await assertAccessible(page)
    await press(page, 'Give it to the 50 who wait')
    const question = page.getByRole('dialog', { name: 'Change it for the 50 who wait?' })
    await question.getByText('50 people get the new letter').waitFor()
    await question.getByRole('button', { name: 'Give it to the 50 who wait' }).click()
    await page.getByText('Whoever still waits gets the new letter.').waitFor()
    await db.from('batches').where(second).update({ not_before: new Date() })
    await press(page, 'Go on')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await sendAllOf({ workspaceId: workspace.id })
    await letTheWorkerWork(workspace)
    await open(`${home}/${id}/report?tab=receipt`)
    await page.getByText('Letter 2: Bread on Saturday · 50 people').waitFor()
    await assertAccessible(page)
    const subjects = (await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id')).map(
      (mail) => mail.subject
    )
    assert.deepEqual([subjects[0], subjects[149]], ['Bread on Friday', 'Bread on Saturday'])
    assert.deepEqual(complaints, [])
  })
})

test.group('Service mail', () => {
  test('is listed with what became of it, and each step of one', async ({ browserContext, client, assert }) => {
    const { user, home, ask } = await bakeryWithDraft(client)
    await ask('/messages', {
      to: 'p0@people.test',
      subject: 'Your order B-12',
      content: { kind: 'markdown', source: 'Thank you.' },
    })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(home)
    await page.getByRole('link', { name: 'Service mail' }).click()
    await page.getByRole('button', { name: 'Your order B-12' }).click()
    const one = page.getByRole('dialog', { name: 'One mail' })
    await one.getByText('What it says is kept only until').waitFor()
    await assertAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByLabel('Status').selectOption('failed')
    await page.getByText('Nothing matches').waitFor()
    assert.deepEqual(complaints, [])
  })
})
