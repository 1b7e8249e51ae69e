import { parseJson } from '../json.js'
import { listOf } from '../mail_rules.js'
import { messageIdOf } from '../mailbox.js'
import { pageOf } from '../page.js'
import { invalid, notFound, Refusal } from '../refusal.js'
import { readSchedule } from '../schedule.js'
import { ok } from './answer.js'

const DAY = 24 * 60 * 60 * 1_000

/** GET /emails, newest first: no html, text or tags. Source: Resend docs, "List sent emails". */
export async function listEmails({ mailbox }, { query }) {
  const page = pageOf(
    mailbox.all,
    query,
    (id) => mailbox.find(id)?.number ?? -1,
    (mail) => mail
  )
  const data = await Promise.all(page.data.map(async (mail) => summaryOf(mail, await mailbox.contentOf(mail))))
  return ok({ ...page, data })
}

/** GET /emails/:id, with html, text and tags as a list. Source: Resend docs, "Retrieve email". */
export async function showEmail({ mailbox }, { params }) {
  const mail = find(mailbox, params.id)
  const content = await mailbox.contentOf(mail)
  const tags = Object.entries(mail.tags ?? {}).map(([name, value]) => ({ name, value }))
  return ok({
    object: 'email',
    ...summaryOf(mail, content),
    html: content.html ?? null,
    text: content.text ?? null,
    ...(tags.length > 0 && { tags }),
  })
}

/** PATCH /emails/:id moves a scheduled mail. Source: Resend docs, "Update email". */
export async function rescheduleEmail({ mailbox, journeys, clock }, { params, body }) {
  const mail = find(mailbox, params.id)
  if (mail.lastEvent === 'canceled') throw invalid('A canceled email cannot be rescheduled.')
  if (mail.lastEvent !== 'scheduled') throw invalid('Only scheduled emails can be updated.')
  mail.scheduledAt = readSchedule(parseJson(body).scheduled_at, clock.now())
  journeys.schedule(mail)
  return ok({ object: 'email', id: mail.id })
}

/** POST /emails/:id/cancel, for scheduled mails only. Source: Resend docs, "Cancel email". */
export async function cancelEmail({ mailbox }, { params }) {
  const mail = find(mailbox, params.id)
  if (mail.lastEvent !== 'scheduled') throw invalid('Only scheduled emails can be canceled.')
  mail.lastEvent = 'canceled'
  return ok({ object: 'email', id: mail.id })
}

/** GET /emails/metrics: totals, and with `dimensions=period` a row a day. Source: Resend docs, "Email metrics". */
export async function showMetrics({ metrics, clock }, { query }) {
  const end = new Date(query.get('end_date') ?? clock.now())
  const start = new Date(query.get('start_date') ?? end.getTime() - 6 * DAY)
  if (Number.isNaN(start.getTime() + end.getTime())) throw invalid('Invalid `start_date` or `end_date`.')
  const dimensions = split(query.get('dimensions'))
  const granularity = query.get('granularity') ?? 'daily'
  if (granularity !== 'daily' || dimensions.some((dimension) => dimension !== 'period')) {
    throw new Refusal(422, 'invalid_parameter', 'The stand-in knows only daily metrics by period.')
  }
  const days = /** @type {const} */ ([start.toISOString().slice(0, 10), end.toISOString().slice(0, 10)])
  const totals = metrics.totals(...days)
  const names = split(query.get('metrics'))
  const wanted = names.length > 0 ? names : Object.keys(totals)
  return ok({
    object: 'metrics',
    start_date: start.toISOString(),
    end_date: end.toISOString(),
    metrics: wanted,
    dimensions,
    granularity,
    totals: pick(totals, wanted),
    ...(dimensions.length > 0 && {
      data: metrics.byDay(...days).map((row) => pick(row, ['period', ...wanted])),
    }),
  })
}

function find(mailbox, id) {
  const mail = mailbox.find(id)
  if (!mail) throw notFound('Email')
  return mail
}

function summaryOf(mail, content) {
  return {
    id: mail.id,
    message_id: messageIdOf(mail),
    from: mail.from,
    to: mail.to,
    cc: listOrNull(content.cc),
    bcc: listOrNull(content.bcc),
    reply_to: listOrNull(content.reply_to),
    subject: mail.subject,
    created_at: new Date(mail.createdAt).toISOString(),
    scheduled_at: mail.scheduledAt === null ? null : new Date(mail.scheduledAt).toISOString(),
    last_event: mail.lastEvent,
  }
}

const listOrNull = (value) => (value ? listOf(value) : null)
const split = (text) => (text ? text.split(',') : [])
const pick = (record, names) => Object.fromEntries(names.map((name) => [name, record[name]]))
