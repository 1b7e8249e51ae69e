import vine from '@vinejs/vine'
import { id, line } from '#platform'

const MOST_SOURCE = 200_000
const source = () =>
  vine
    .string()
    .parse((value) => (typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '') : value))
    .maxLength(MOST_SOURCE)

/** Headers that a program may set: its own, and those that make a conversation. All others are ours to make. */
const HEADER = /^(X-[A-Za-z0-9-]{1,60}|In-Reply-To|References|Auto-Submitted)$/i

const headerNames = vine.createRule((value, _, field) => {
  const bad = Object.keys(value as object).find((name) => !HEADER.test(name))
  if (bad !== undefined) {
    field.report(
      'Only In-Reply-To, References, Auto-Submitted and names that begin with X- can be set.',
      'header_names',
      field
    )
  }
  if (Object.keys(value as object).length > 20) field.report('At most 20 headers can be set.', 'max_headers', field)
})

const onceKey = () => vine.string().regex(/^[\x21-\x7e]{1,255}$/)

const fields = {
  to: line(254).email().optional(),
  contact_id: id().optional(),
  from: vine.object({ name: line(120).optional(), email: line(254) }).optional(),
  reply_to: line(254).optional(),
  subject: line(500).minLength(1),
  content: vine.object({ kind: vine.enum(['markdown', 'html'] as const), source: source().minLength(1) }),
  text: source().optional(),
  data: vine.record(vine.any()).optional(),
  topic: vine.enum(['service'] as const).optional(),
  headers: vine.record(line(998)).use(headerNames()).optional(),
  idempotency_key: onceKey().optional(),
}

export const sendMessageValidator = vine.create(fields)
export const sendMessagesValidator = vine.create({
  messages: vine.array(vine.object(fields)).minLength(1).maxLength(500),
})
export const listMessagesValidator = vine.create({
  status: vine
    .enum([
      'queued',
      'sending',
      'withheld',
      'accepted',
      'sent',
      'delayed',
      'delivered',
      'bounced',
      'complained',
      'failed',
      'suppressed',
      'unconfirmed',
    ] as const)
    .optional(),
  contact_id: id().optional(),
})
