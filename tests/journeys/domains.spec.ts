import { test } from '@japa/runner'
import { connect } from '#tests/support/campaign'
import { ownDns } from '#tests/support/dns_server'
import { assertAccessible, journey } from '#tests/support/journey'
import { startWorker, until } from '#tests/support/processes'
import { standIn } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

const NAME = 'news.bluedoor.example'

test.group('A sending domain', () => {
  test('is added, its records are copied to the DNS, and it is verified; then it is warmed up', async ({
    browserContext,
    assert,
    cleanup,
  }) => {
    const dns = await ownDns()
    const provider = await standIn()
    const before = process.env.RESEND_BASE_URL
    process.env.RESEND_BASE_URL = provider.url
    cleanup(() => {
      if (before === undefined) delete process.env.RESEND_BASE_URL
      else process.env.RESEND_BASE_URL = before
    })
    const { workspace, user } = await bakery()
    await connect(workspace)
    startWorker({ RESEND_BASE_URL: provider.url, DNS_SERVERS: dns.address })
    await browserContext.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { page, complaints, open } = await journey(browserContext, user, { expected: [/422/] })

    await open(`/w/${workspace.id}/settings/domains`)
    await page.getByText('No domain is watched yet').waitFor()
    await page.getByRole('button', { name: 'Add a domain' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add a domain' })
    await dialog.getByLabel('Domain', { exact: false }).first().fill('bluedoor')
    await page.keyboard.press('Enter')
    await dialog.getByText('not a domain that mail can be sent from').waitFor()
    await assertAccessible(page)
    await dialog.getByLabel('Domain', { exact: false }).first().fill(NAME)
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { name: NAME }).waitFor()
    await page.getByText('Mail may be rejected').waitFor()
    const records = page.getByRole('region', { name: 'DNS records' })
    assert.equal(await records.getByText('Missing').count(), 4)
    await page.getByText(`There is no SPF record at send.${NAME}.`).waitFor()
    await assertAccessible(page)

    // as somebody does who copies them one by one into the form of a DNS company
    for (const line of await records.getByRole('listitem').all()) {
      const copied: string[] = []
      for (const button of await line.getByRole('button', { name: /^Cop(y|ied)/ }).all()) {
        await page.evaluate(`navigator.clipboard.writeText('')`)
        await button.click()
        copied.push(await until('it is copied', () => page.evaluate<string>('navigator.clipboard.readText()')))
      }
      const type = (await line.textContent())!.match(/· (TXT|MX)/)![1] as 'TXT' | 'MX'
      dns.set(copied[0], type, type === 'MX' ? `10 ${copied[1]}` : copied[1])
    }
    dns.set('amazonses.com', 'TXT', 'v=spf1 ip4:192.0.2.0/24 -all')
    dns.set(NAME, 'MX', `10 mx.${NAME}`)
    dns.set(`mx.${NAME}`, 'A', '203.0.113.1')
    await page.getByRole('button', { name: 'Check now' }).click()
    await records.getByText('Is there').nth(3).waitFor()
    // Resend is told by itself, and looked at again a little later
    await page.getByText(`Resend has verified ${NAME}.`).waitFor()
    await page.getByText('One record, 1 of 10 look-ups.').waitFor()

    const warmUp = page.getByRole('region', { name: 'Warm-up' })
    await warmUp.getByRole('button', { name: 'Start the warm-up' }).click()
    await warmUp.getByText('0 of today’s 150 mails have left').waitFor()
    await assertAccessible(page)
    await warmUp.getByRole('button', { name: 'End the warm-up' }).click()
    await warmUp.getByRole('button', { name: 'Start the warm-up' }).waitFor()

    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No domain is watched yet').waitFor()
    assert.deepEqual(complaints, [])
  })
})
