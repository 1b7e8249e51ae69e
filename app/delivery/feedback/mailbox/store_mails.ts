import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { shortened } from '#platform'
import { withoutAddresses } from '../bounces/classify_bounce.ts'
import { tagsOfMark } from '../bounces/mail_mark.ts'
import { readReport, type Report } from '../bounces/read_report.ts'
import type { ReceivedMail } from './read_folder.ts'

/**
 * Keeps what mails of the bounce mailbox tell as events, like those of a provider: each once, by its contents, so that reading
 * a mail twice does no harm. Of a mail that names none of ours, and of what people write, no words are kept.
 *
 * @returns how many of them were about a mail of this workspace, and new
 */
export async function storeMails(workspaceId: number, mails: ReceivedMail[], trx: TransactionClientContract) {
  if (mails.length === 0) return 0
  const events = await Promise.all(mails.map((mail) => eventOf(workspaceId, mail)))
  const { rows } = await trx.rawQuery(
    `insert into provider_events (workspace_id, event_id, type, body, occurred_at)
     select ?::bigint, * from unnest(?::text[], ?::text[], ?::jsonb[], ?::timestamptz[])
     on conflict (workspace_id, event_id) do nothing
     returning type`,
    [
      workspaceId,
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ body }) => JSON.stringify(body)),
      events.map(({ at }) => at.toISOString()),
    ] as any[]
  )
  return rows.filter(({ type }: { type: string }) => !['mailbox.other', 'mailbox.unmatched'].includes(type)).length
}

async function eventOf(workspaceId: number, { source, receivedAt }: ReceivedMail) {
  const report = await readReport(source)
  const id = `mailbox-${createHash('sha256').update(source).digest('hex').slice(0, 40)}`
  const isOurs = report.mail?.workspaceId === workspaceId
  const type = report.kind === 'other' ? 'other' : isOurs ? report.kind : 'unmatched'
  return { id, type: `mailbox.${type}`, body: bodyOf(report, isOurs), at: earlier(receivedAt, new Date()) }
}

function bodyOf({ kind, mail, status, text }: Report, isOurs: boolean) {
  if (kind === 'other') return { data: {} }
  if (!isOurs) return { data: { kind } }
  const words = kind === 'bounced' && text ? shortened(withoutAddresses(text).replaceAll('\0', ''), 2_000) : null
  return { data: { tags: tagsOfMark(mail!), ...(kind === 'bounced' ? { report: { status, text: words } } : {}) } }
}

const earlier = (a: Date, b: Date) => (a < b ? a : b)
