import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { createTransport } from 'nodemailer'
import { boot } from './support/app.ts'
import { ensureBuild } from './support/build.ts'
import { letter } from './support/letter.ts'

/**
 * How fast campaigns leave by SMTP, where each mail is a call and is never made twice, against nodemailer that sends one
 * constant mail by as many connections and keeps account of nobody. The mail server only counts.
 *
 *   npm run bench -- smtp        (BENCH_MAILS=5000)
 */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: process.env.BENCH_MAILS ?? '5000' },
    bytes: { type: 'string', default: '20000' },
  },
})
const MAILS = Number(values.mails)

await ensureBuild()
const app = await boot()
const { readNumbersAsNumbers } = await import('#platform')
const { AT_ONCE } = await import('#channels')
const { composeMail } = await import('#delivery')
const { editionOf, freezeCampaign, plantBakery } = await import('./support/campaign.ts')
const { sendByWorkers } = await import('./support/workers.ts')
readNumbersAsNumbers()

const sink = spawn(process.execPath, ['bench/support/mail_sink.js'], { stdio: ['ignore', 'pipe', 'inherit'] })
const [port] = await once(sink.stdout, 'data')
process.env.SMTP_URL = `smtp://127.0.0.1:${String(port).trim()}`
const bakery = await plantBakery({ people: MAILS })
const edition = editionOf(bakery, letter({ bytes: Number(values.bytes) * 0.6 }))
try {
  const constant = await constantMails(theMail())
  console.log(`nodemailer, one constant mail: ${Math.round(constant)} mails/s`)
  const { campaignId, ms } = await freezeCampaign(bakery, edition)
  const { rate, cpuMicroseconds, databaseMicroseconds, walBytes, rss } = await sendByWorkers({
    campaignId,
    people: MAILS,
    workers: 1,
  })
  console.log(
    `one worker: ${Math.round(rate)} mails/s, ${Math.round(cpuMicroseconds)} µs CPU a mail and ${Math.round(databaseMicroseconds)} µs of the database's, ` +
      `${Math.round(walBytes)} bytes of WAL a mail, ${rss} MB, frozen in ${Math.round(ms)} ms`
  )
  console.log(`one worker / nodemailer: ${(rate / constant).toFixed(2)}`)
} finally {
  sink.kill()
  await app.terminate()
}

/** As the first reader gets it. */
function theMail() {
  const contact = { first_name: 'Person 1', last_name: 'Baker', city: 'Bristol', email: 'p1@people.test' }
  const of = { edition, topic: bakery.topic, workspaceId: bakery.workspace.id, campaignId: 1 }
  const { html, text, tags: _, ...mail } = composeMail(of, { contactId: 1, email: contact.email, merge: { contact } })
  return { ...mail, html: String(html), text: String(text) }
}

async function constantMails(mail: object): Promise<number> {
  const transport = createTransport({ url: process.env.SMTP_URL, pool: true, maxConnections: AT_ONCE } as object)
  let left = MAILS
  const lane = async () => {
    while (left-- > 0) await transport.sendMail(mail)
  }
  await transport.sendMail(mail)
  const began = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const seconds = (performance.now() - began) / 1_000
  transport.close()
  return MAILS / seconds
}
