import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { Page } from 'playwright'
import type { SendingRules } from '#identity'
import { connect } from '#tests/support/campaign'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { assertAccessible, journey } from '#tests/support/journey'
import { startWorker, until } from '#tests/support/processes'
import { standIn, type ChaosRule } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

const MAILS = { path: '/emails/batch' }

/** The bakery with a provider, a draft for so many readers, and a worker as a process of its own. */
async function bakeryWithDraft(client: any, cleanup: (undo: () => void) => void, addresses: string[]) {
  const provider = await standIn()
  const before = process.env.RESEND_BASE_URL
  process.env.RESEND_BASE_URL = provider.url
  cleanup(() => {
    if (before === undefined) delete process.env.RESEND_BASE_URL
    else process.env.RESEND_BASE_URL = before
  })
  const { workspace, user, token } = await bakery()
  const topic = await plantTopic(workspace)
  const people = await plantPeople(workspace, addresses)
  await record(workspace, topic, people)
  await connect(workspace)
  const ask = (path: string, body: object) => client.post(`/api/v1${path}`).bearerToken(token).json(body)
  await ask('/contacts/bulk', { action: 'add_tag', tag: 'regular', ids: people.map(String) })
  const { id } = (
    await ask('/campaigns', {
      name: 'Fresh on Friday',
      topic_id: String(topic.id),
      audience: { tag_names: ['regular'] },
      subject: 'Bread on Friday',
      content: { kind: 'markdown', source: 'Hello, [fresh bread](https://bluedoor.test/bread).' },
    })
  ).body()
  const path = `/w/${workspace.id}/campaigns/${id}`
  const settled = () =>
    client
      .get(`/api/v1/campaigns/${id}`)
      .bearerToken(token)
      .then((answer: any) => answer.body().progress)
  const send = () => ask(`/campaigns/${id}/send`, {})
  const work = (env: Record<string, string> = {}) => startWorker({ RESEND_BASE_URL: provider.url, ...env })
  const leaves = (sending: Partial<SendingRules>) => workspace.merge({ settings: { sending } }).save()
  const hinder = (...rules: Omit<ChaosRule, 'match'>[]) =>
    provider.chaos(rules.map((rule) => ({ match: MAILS, ...rule })))
  return { provider, workspace, user, id, path, send, work, hinder, leaves, progress: settled }
}

const many = (count: number) => Array.from({ length: count }, (_, no) => `p${no}@people.test`)
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

test.group('A campaign that leaves', () => {
  test('is paused, goes on, and what still waits is cancelled', async ({ browserContext, client, assert, cleanup }) => {
    const { provider, user, id, path, send, work, hinder, leaves, progress } = await bakeryWithDraft(
      client,
      cleanup,
      many(2_000)
    )
    await leaves({ undo_seconds: 0, pilot: 'never' })
    const { page, complaints, open } = await journey(browserContext, user)
    /** However slow the machine is, it does not end between two clicks. */
    const acceptsOne = () => hinder({ effect: 'latency', ms: 50, times: 1 }, { effect: 'hold' })
    acceptsOne()
    // what other tests left unfinished must not have that one
    await db.rawQuery(`update batches set not_before = 'infinity' where state in ('queued', 'leased', 'sealed')`)
    await send()
    await open(path)
    work({ ASSENT_LEASE_SECONDS: '60' })
    await until('the first mails are accepted', async () => (await progress()).accepted > 0)
    await press(page, 'Pause')
    await page.getByText('Nothing more leaves until somebody lets it go on.').waitFor()
    hinder()
    await until('nothing is on its way', async () => (await progress()).sending === 0)
    const paused = await progress()
    assert.isBelow(paused.accepted, 2_000)
    await page.waitForTimeout(1_000)
    assert.equal((await progress()).accepted, paused.accepted)
    await assertAccessible(page)

    acceptsOne()
    await press(page, 'Go on')
    await until('more is accepted', async () => (await progress()).accepted > paused.accepted)
    await press(page, 'Cancel the rest')
    const question = page.getByRole('dialog', { name: 'Cancel what has not left yet?' })
    await question.getByRole('button', { name: 'Cancel the rest' }).click()
    await question.waitFor({ state: 'detached' })
    hinder()
    await page.getByText('It was cancelled.').waitFor()
    await until('nothing is on its way', async () => (await progress()).sending === 0)
    const { accepted, cancelled } = await progress()
    assert.equal(accepted + cancelled, 2_000)
    assert.isAbove(cancelled, 0)
    assert.equal(Object.keys(provider.ledger('c', id)).length, accepted)
    await page.getByRole('link', { name: 'Open the receipt' }).click()
    await page.getByText('The account closes').waitFor()
    assert.deepEqual(complaints, [])
  })

  test('stops when the key is refused, says the way out, and goes on when that is mended', async ({
    browserContext,
    client,
    assert,
    cleanup,
  }) => {
    const { provider, user, id, path, send, work, hinder } = await bakeryWithDraft(client, cleanup, many(3))
    const { page, complaints, open } = await journey(browserContext, user)
    hinder({ effect: 'status', status: 401, name: 'restricted_api_key', message: 'API key is invalid' })
    await send()
    await open(path)
    work()
    const alert = page.getByRole('alert')
    await alert.getByText('The provider refuses the key.').waitFor()
    await assertAccessible(page)
    hinder()
    await alert.getByRole('link', { name: 'Open the sending settings' }).click()
    await page.getByRole('heading', { name: 'Sending', exact: true }).first().waitFor()
    await page.goBack()
    await press(page, 'Go on')
    await page.getByText('It is out').waitFor()
    assert.equal(Object.keys(provider.ledger('c', id)).length, 3)
    assert.deepEqual(complaints, [])
  })

  test('stops when its last account is removed, says so, and goes on when there is one', async ({
    browserContext,
    client,
    assert,
    cleanup,
  }) => {
    const { provider, workspace, user, id, path, send, work, leaves, progress } = await bakeryWithDraft(
      client,
      cleanup,
      many(250)
    )
    await leaves({ undo_seconds: 0, pilot: 'never' })
    await send()
    const rest = () => db.from('batches').where({ workspace_id: workspace.id }).where('no', '>', 0)
    await rest().update({ not_before: new Date(Date.now() + 3_600_000) })
    const { page, open } = await journey(browserContext, user)
    await open(path)
    work()
    await until('the first have it', async () => (await progress()).accepted === 100)
    await db.from('provider_accounts').where({ workspace_id: workspace.id }).delete()
    await page.getByRole('alert').getByText('No mail provider is connected any more. Connect one, then go on').waitFor()
    await assertAccessible(page)
    await press(page, 'Go on')
    await page.getByText('No mail provider is connected: whoever waits').waitFor()
    await connect(workspace)
    await rest().update({ not_before: new Date() })
    await press(page, 'Go on')
    await page.getByText('It is out').waitFor()
    assert.equal(Object.keys(provider.ledger('c', id)).length, 250)
  })

  test('asks when it began in the Outbox and a provider comes', async ({ browserContext, client, assert, cleanup }) => {
    const { provider, workspace, user, id, path, send, work, leaves, progress } = await bakeryWithDraft(
      client,
      cleanup,
      many(150)
    )
    await db.from('provider_accounts').where({ workspace_id: workspace.id }).delete()
    await leaves({ undo_seconds: 0, pilot: 'never' })
    await send()
    const rest = () => db.from('batches').where({ workspace_id: workspace.id }).where('no', '>', 0)
    await rest().update({ not_before: new Date(Date.now() + 3_600_000) })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(path)
    work()
    await until('the first are in the Outbox', async () => (await progress()).accepted === 100)
    await connect(workspace)
    await page.getByRole('alert').getByText('Shall the rest really leave?').waitFor()
    await assertAccessible(page)
    await rest().update({ not_before: new Date() })
    await page.getByRole('alert').getByRole('button', { name: 'Send to the rest' }).click()
    await page.getByText('It is out').waitFor()
    assert.equal(Object.keys(provider.ledger('c', id)).length, 50)
    assert.deepEqual(complaints, [])
  })

  test('waits when the quota is used up, and says until when', async ({ browserContext, client, cleanup }) => {
    const { user, path, send, work, hinder } = await bakeryWithDraft(client, cleanup, many(3))
    const { page, open } = await journey(browserContext, user)
    hinder({ effect: 'daily_quota' })
    await send()
    await open(path)
    work()
    await page.getByText(/The provider’s quota is used up. It goes on by itself on/).waitFor()
    await assertAccessible(page)
  })

  test('tries those again whom the provider refused', async ({ browserContext, client, assert, cleanup }) => {
    const { provider, user, id, path, send, work } = await bakeryWithDraft(client, cleanup, [
      ...many(2),
      'eve@example.com',
    ])
    const { page, open } = await journey(browserContext, user)
    await send()
    await open(path)
    work()
    await page.getByText('Everybody is settled, some with problems.').waitFor()
    await press(page, 'Try the failed ones again')
    await page.getByText('Sending', { exact: true }).first().waitFor()
    await page.getByText('Everybody is settled, some with problems.').waitFor()
    assert.equal(Object.keys(provider.ledger('c', id)).length, 2)
  })

  test('is scheduled in the time zone of the workspace, and taken back', async ({
    browserContext,
    client,
    assert,
    cleanup,
  }) => {
    const { user, path } = await bakeryWithDraft(client, cleanup, many(3))
    // the other clock is a script that the frame of the preview takes no more than any other
    const expected = [/Blocked script execution in 'about:srcdoc'/]
    const { page, complaints, open } = await journey(browserContext, user, { expected })
    // on the last day of a month today stands among the days of the next one
    await page.clock.setFixedTime(DateTime.utc().endOf('month').startOf('hour').toJSDate())
    await open(`${path}?step=review`)
    await press(page, 'Schedule')
    const question = page.getByRole('dialog', { name: 'When should it leave?' })
    await question.getByText('In the workspace’s time zone, UTC.').waitFor()
    await question.getByRole('button', { name: 'Day and time' }).click()
    await page.getByRole('button', { name: 'Next month' }).waitFor()
    await assertAccessible(page)
    await page.keyboard.press('Escape')
    await question.getByRole('button', { name: 'Schedule for 3 people' }).click()
    await page.getByText(/It leaves on .*9:00 AM/).waitFor()
    await press(page, 'Do not send it by itself')
    await page.getByText('It is a draft again').waitFor()
    assert.deepEqual(complaints, [])
  })
})

test.group('A campaign that was just sent', () => {
  test('counts down, is taken back, mended and sent again', async ({ browserContext, client, assert, cleanup }) => {
    const { provider, workspace, user, id, path, work, leaves } = await bakeryWithDraft(client, cleanup, many(2))
    await leaves({ undo_seconds: 99 })
    const { page, complaints, open } = await journey(browserContext, user)
    const send = async () => {
      await press(page, 'Review and send')
      await press(page, 'Send to 2 people')
      const question = page.getByRole('dialog', { name: 'Send it now?' })
      await question.getByText('until then you can undo it').waitFor()
      await question.getByRole('button', { name: 'Send to 2 people' }).click()
    }
    await open(path)
    await send()
    const clock = page.getByRole('timer')
    await clock.getByText(/^Leaves in \d+ s$/).waitFor()
    const secondsLeft = async () => Number((await clock.textContent())!.match(/\d+/)![0])
    const first = await secondsLeft()
    await page.getByText('Until then it can be undone').waitFor()
    await page.locator('[data-page-title]:focus', { hasText: 'Fresh on Friday' }).waitFor()
    await assertAccessible(page)
    const other = await browserContext.newPage()
    await other.goto(page.url())
    await other.getByRole('timer').waitFor()
    await page.reload()
    const left = await secondsLeft()
    assert.isTrue(left > 0 && left <= first && first < 100, `${first}, then ${left}`)

    await page.keyboard.press('u')
    await page.getByText('It is a draft again. Nobody got it.').waitFor()
    const subject = page.getByRole('textbox', { name: 'Subject' })
    assert.equal(await subject.inputValue(), 'Bread on Friday')
    assert.equal(await other.getByRole('textbox', { name: 'Subject' }).inputValue(), 'Bread on Friday')
    await subject.fill('Bread on Saturday')
    await page.getByText(/^Saved (now|\d)/).waitFor()

    await send()
    await clock.waitFor()
    await db.from('shipments').where({ workspace_id: workspace.id }).update({ not_before: new Date() })
    work()
    await page.getByText('It is out').waitFor()
    assert.equal(Object.keys(provider.ledger('c', id)).length, 2)
    assert.equal((await provider.mails({ to: 'p0@people.test', tags: { c: id } })).at(-1)!.subject, 'Bread on Saturday')
    assert.deepEqual(complaints, [])
  })

  test('goes in a first wave, and asks when that was received badly', async ({
    browserContext,
    client,
    assert,
    cleanup,
  }) => {
    const { provider, workspace, user, id, path, send, work, leaves } = await bakeryWithDraft(
      client,
      cleanup,
      many(300)
    )
    await leaves({ undo_seconds: 0, pilot: 'always', pilot_minutes: 60 })
    const { page, complaints, open } = await journey(browserContext, user)
    await send()
    await open(path)
    await page.getByText('First wave: 100 mails').waitFor()
    work()
    await page.getByText(/^Judged on .*the rest follows by itself/).waitFor()
    await assertAccessible(page)
    const mine = { workspace_id: workspace.id }
    await db.rawQuery(
      `update messages set state = 'bounced' where workspace_id = :workspace_id and contact_id in (
         select contact_id from messages where workspace_id = :workspace_id order by contact_id limit 5)`,
      mine
    )
    await db
      .from('shipments')
      .where(mine)
      .update({ judged_at: new Date(0) })
    const alert = page.getByRole('alert')
    await alert.getByText('5 of the first 100 mails bounced.').waitFor()
    await alert.getByText('200 people who wait do not get it.').waitFor()
    await assertAccessible(page)
    await press(page, 'Send to the rest anyway')
    await page.getByText('It is out').waitFor()
    assert.equal(Object.keys(provider.ledger('c', id)).length, 300)
    assert.deepEqual(complaints, [])
  })
})

test.group('A campaign that is written', () => {
  test('says at the field, with the line, what is wrong in its Liquid', async ({ browserContext, client, cleanup }) => {
    const { user, path } = await bakeryWithDraft(client, cleanup, many(1))
    const { page, open } = await journey(browserContext, user)
    await open(path)
    const text = page.getByRole('textbox', { name: 'The mail’s text' })
    await text.fill('Hello\n\n{% if contact.first_name %}you')
    await page
      .locator('#field-content\\.source-error')
      .getByText(/^Line 3: .*never closed/)
      .waitFor()
    await assertAccessible(page)
    await text.fill('Hello')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Bread {{ contact.first_name | nosuch }}')
    await page.locator('#field-subject-error').getByText('The filter "nosuch" does not exist.').waitFor()
  })

  test('loses no word when the session ends meanwhile', async ({ browserContext, client, assert, cleanup }) => {
    const { user, path } = await bakeryWithDraft(client, cleanup, many(1))
    const { page, open } = await journey(browserContext, user)
    await open(path)
    await page.getByText('1 person gets it').waitFor()
    await db.from('sessions').where('user_id', user.id).delete()
    await page.getByRole('textbox', { name: 'Subject' }).fill('Written too late')
    await page.waitForURL('**/sign-in?next=*')
    await page.getByLabel('E-mail address').fill(user.email)
    await page.getByLabel('Password').first().fill('correct horse battery')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${path}`)
    await page.getByText('What you typed before the page was closed is back.').waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Subject' }).inputValue(), 'Written too late')
    await page.getByText(/^Saved (now|\d)/).waitFor()
  })
})
