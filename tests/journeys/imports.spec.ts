import { test } from '@japa/runner'
import { recordConsent } from '#consent'
import db from '@adonisjs/lucid/services/db'
import { theSystem } from '#identity'
import { plantTopic, standing } from '#tests/support/consent'
import { assertAccessible, journey, choose } from '#tests/support/journey'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'
import { known } from '#tests/support/people'

const LIST = `E-Mail;Vorname;Nachname;Brot
ada@bluedoor.test;Ada;Lovett;Rye
grete@bluedoor.test;Grete;Müller;Sourdough
ben@bluedoor.test;Ben;Archer;Rye
kaputt@;Nobody;Here;
`

const yes = Array.from({ length: 20 }, (_, i) => `reader${i}@bluedoor.test;Reader;Ja;3.10.2024\n`).join('')
/** Twenty yes, two noes (Ben is here already), a blank, a word that nobody decides about, and a row that is refused and says no. */
const DECIDED = `E-Mail;Vorname;Newsletter;Seit\n${yes}ben@bluedoor.test;Ben;Nein;\ncara@bluedoor.test;Cara;nein;\ndev@bluedoor.test;Dev;;\neve@bluedoor.test;Eve;unbekannt;\nfinn@bluedoor.test;Finn;Nein;;und mehr\n`

test.group('A list', () => {
  test('comes in with its agreements and its rejects, after a dry run, and can be undone', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const topic = await plantTopic(workspace, 'Weekly specials')
    const ben = await known(workspace, { email: 'ben@bluedoor.test', first_name: 'Ben' })
    await db.transaction((trx) =>
      recordConsent({
        workspaceId: workspace.id,
        people: [ben.id],
        channel: 'email',
        topicId: topic.id,
        action: 'withdraw',
        basis: 'unknown',
        statement: 'Withdrawn on their behalf.',
        source: 'by phone',
        sourceKind: 'team',
        actor: theSystem,
        trx,
      })
    )
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/contacts/import`)
    await assertAccessible(page)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
    await page.waitForURL('**/contacts/import/*')
    await page.getByRole('combobox', { name: 'E-Mail becomes' }).waitFor()
    await choose(page, 'Brot becomes', 'Make a new field…')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Next' }).click()

    await page.getByRole('radio', { name: /^They all agreed/ }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Choose at least one topic.').waitFor()
    await choose(page, 'Topics they agreed to', 'Weekly specials')
    await page.keyboard.press('Escape')
    await page.getByLabel('What they agreed to, word for word').fill('Yes, send me the weekly specials.')
    await page.getByLabel('Where the list comes from').fill('Paper list, autumn fair')
    // what was asked for goes as it is answered
    await page.getByText(/^(Choose at least one topic|Write down what|Say where)/).waitFor({ state: 'detached' })
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Next' }).click()

    const count = (name: string) => page.locator(`[data-count=${name}]`).textContent()
    await page.getByText('Every row was checked.').waitFor()
    assert.deepEqual([await count('new'), await count('changed'), await count('invalid')], ['2', '1', '1'])
    assert.equal(await count('already_withdrawn'), '1')
    await page.getByRole('button', { name: /Rejected rows/ }).click()
    await page.getByText('kaputt@').waitFor()
    await assertAccessible(page)

    await page.reload()
    await page.getByRole('button', { name: 'Import 3 people' }).click()
    await page.getByText('You can close this tab').waitFor()
    await page.reload()
    await letTheWorkerWork(workspace)
    await page.getByRole('button', { name: 'Download the rejected row' }).waitFor()
    await assertAccessible(page)
    const file = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the rejected row' }).click()
    assert.equal((await file).suggestedFilename(), 'rejected-fair.csv')
    const grete = await db
      .from('contacts')
      .where({ workspace_id: workspace.id, email_key: 'grete@bluedoor.test' })
      .first()
    assert.equal(grete.attributes.brot, 'Sourdough')
    assert.equal(await standing(workspace, grete.id, topic), 'granted')
    assert.equal(await standing(workspace, ben.id, topic), 'withdrawn')

    await page.getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
    await page.getByText('This import was undone.').waitFor()
    const left = await db.from('contacts').where('workspace_id', workspace.id).whereNull('deleted_at')
    assert.deepEqual(
      left.map(({ email }) => email),
      ['ben@bluedoor.test']
    )
    assert.deepEqual(complaints, [])
  })

  test('whose column says who agreed is asked what its values mean, and written down row by row', async ({
    browserContext,
    assert,
  }) => {
    const { workspace, user } = await bakery()
    const topic = await plantTopic(workspace, 'Weekly specials')
    const ben = await known(workspace, { email: 'ben@bluedoor.test', first_name: 'Ben' })
    const finn = await known(workspace, { email: 'finn@bluedoor.test', first_name: 'Finn' })
    const { page, complaints, open } = await journey(browserContext, user)
    await open(`/w/${workspace.id}/contacts/import`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer: Buffer.from(DECIDED) })
    await page.getByText('It looks as though it says who agreed').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()

    await page.getByRole('radio', { name: /^They all agreed/ }).click()
    await page.getByText('“Newsletter” looks as though it said who agreed.').waitFor()
    await page.getByRole('radio', { name: /^A column says who agreed/ }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Say of at least one value what it means.').waitFor()
    await choose(page, 'The column that says who agreed', 'E-Mail')
    await page.getByText('“E-Mail” has more than 20 different values').waitFor()
    await choose(page, 'The column that says who agreed', 'Newsletter (looks like it)')
    const meaning = (value: string) => page.getByRole('combobox', { name: `“${value}” means` })
    assert.equal(await meaning('Ja').inputValue(), 'Nothing is known')
    await page.getByRole('button', { name: 'Take the suggestions' }).click()
    assert.deepEqual(
      [await meaning('Ja').inputValue(), await meaning('Nein').inputValue()],
      ['They agreed', 'They said no']
    )
    await choose(page, '“Nein” means', 'They agreed')
    await page.getByText('“Nein” looks like a no.').waitFor()
    await choose(page, '“Nein” means', 'They said no')
    await choose(page, 'Topics they agreed to', 'Weekly specials')
    await page.keyboard.press('Escape')
    await page.getByLabel('What they agreed to, word for word').fill('Ja, bitte die Angebote der Woche.')
    await page.getByLabel('Where the list comes from').fill('Shop')
    await choose(page, 'A column that says when each of them agreed', 'Seit')
    await assertAccessible(page)
    await page.setViewportSize({ width: 375, height: 800 })
    const another = page.getByRole('button', { name: 'Another column for other topics' })
    await another.click()
    const without = page.getByRole('button', { name: 'Without this column' })
    const second = page.getByRole('group').filter({ has: without }).last()
    const [box, button] = [await second.boundingBox(), await another.boundingBox()]
    assert.deepEqual([button!.x, button!.width], [box!.x, box!.width], 'as wide as what stands above it')
    await second.getByRole('button', { name: 'Without this column' }).click()
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.reload()
    await page.getByRole('button', { name: 'Next' }).click()

    await page.getByText('Every row was checked.').waitFor()
    const tally = async () =>
      Promise.all(['agreed', 'said_no', 'unknown'].map((name) => page.locator(`[data-tally=${name}]`).textContent()))
    assert.deepEqual(await tally(), ['20', '2', '2'])
    await page.getByText('One of the rejected rows says no. That counts all the same').waitFor()
    await page.getByRole('button', { name: /Rejected rows/ }).click()
    await page.getByText('Its no counts all the same.').waitFor()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Import 23 people' }).click()
    await page.getByText('You can close this tab').waitFor()
    await letTheWorkerWork(workspace)
    await page.getByText('Noes recorded').waitFor()
    await page.getByText('One of the rejected rows says no. That counts all the same').waitFor()
    assert.deepEqual(await tally(), ['20', '2', '2'])
    await assertAccessible(page)
    assert.equal(await standing(workspace, ben.id, topic), 'withdrawn')
    assert.equal(await standing(workspace, finn.id, topic), 'withdrawn')
    const statuses = await db.from('consents').where('workspace_id', workspace.id).where('topic_id', topic.id)
    const granted = statuses.filter(({ status }) => status === 'granted')
    assert.deepEqual([statuses.length, granted.length], [23, 20])
    assert.equal(granted[0].since.toISOString(), '2024-10-03T00:00:00.000Z')
    assert.deepEqual(complaints, [])
  })

  test('that is no CSV is refused with what to do instead', async ({ browserContext, assert }) => {
    const { workspace, user } = await bakery()
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })
    await open(`/w/${workspace.id}/contacts/import`)
    const drop = (name: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await drop('list.xlsx', Buffer.from('504b0304140000', 'hex'))
    await page.getByText('choose “Save as”, then “CSV UTF-8”').waitFor()
    await assertAccessible(page)
    await drop('list.csv', Buffer.from('ada@bluedoor.test,Ada\nben@bluedoor.test,Ben\n'))
    await page.getByText('it is not a header').waitFor()
    assert.deepEqual(complaints, [])
  })
})
