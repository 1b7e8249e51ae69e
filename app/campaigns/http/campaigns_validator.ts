import vine from '@vinejs/vine'
import { id, line } from '#platform'
import { campaignStatuses } from '../models/campaign.ts'

const MOST_SOURCE = 500_000
/** As written, but for what a database cannot hold: a draft keeps its spaces and line breaks. */
const source = () =>
  vine
    .string()
    .parse((value) => (typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '') : value))
    .maxLength(MOST_SOURCE)
const ids = () => vine.array(vine.string().regex(/^\d{1,15}$/)).maxLength(1_000)

const fields = {
  topic_id: id().nullable().optional(),
  channel: vine.enum(['email'] as const).optional(),
  audience: vine
    .object({
      segment_ids: ids().optional(),
      tag_names: vine.array(line(120)).maxLength(200).optional(),
      contact_ids: ids().optional(),
      exclude_segment_ids: ids().optional(),
    })
    .optional(),
  from: vine.object({ name: line(120).optional(), email: line(254).optional() }).optional(),
  reply_to: line(254).nullable().optional(),
  subject: line(500).optional(),
  preheader: line(500).optional(),
  content: vine.object({ kind: vine.enum(['markdown', 'html'] as const), source: source() }).optional(),
  text: source().nullable().optional(),
  tracking: vine.object({ opens: vine.boolean({ strict: true }), clicks: vine.boolean({ strict: true }) }).optional(),
  utm: vine
    .object({
      source: line(120).nullable().optional(),
      medium: line(120).nullable().optional(),
      campaign: line(120).nullable().optional(),
      term: line(120).nullable().optional(),
      content: line(120).nullable().optional(),
    })
    .nullable()
    .optional(),
}

const words = () =>
  vine
    .object({ subject: fields.subject, preheader: fields.preheader, content: fields.content, text: fields.text })
    .optional()
/** Of a campaign that goes out in several languages: what changes in which. */
const letters = vine.object({ en: words(), de: words(), fr: words(), es: words() }).optional()
const language = vine.enum(['en', 'de', 'fr', 'es'] as const).optional()

export const createCampaignValidator = vine.create({ name: line(200).minLength(1), ...fields })
export const updateCampaignValidator = vine.create({
  name: line(200).minLength(1).optional(),
  version: vine.number().withoutDecimals().optional(),
  ...fields,
  letters,
})
/** What may change when a part has left already. */
const revision = {
  subject: fields.subject,
  preheader: fields.preheader,
  content: fields.content,
  text: fields.text,
  letters,
  reply_to: fields.reply_to,
}
export const reviseValidator = vine.create({ ...revision, version: vine.number().withoutDecimals().optional() })
/** `language`: the letter in it, whatever the person reads. `changes`: as it would be with them. Nothing is kept. */
export const renderValidator = vine.create({
  contact_id: id().nullable().optional(),
  language,
  changes: vine.object(revision).optional(),
})
export const testValidator = vine.create({
  to: vine.array(line(254).email()).minLength(1).maxLength(5),
  contact_id: id().nullable().optional(),
  language,
})
export const decideValidator = vine.create({
  outcome: vine.enum(['sent', 'not_sent'] as const),
  note: line(300).minLength(3),
  contact_ids: vine.array(id()).minLength(1).maxLength(1_000).optional(),
  reason: line(60).optional(),
})
export const scheduleValidator = vine.create({
  at: vine.string().maxLength(40),
  timezone: vine.enum(['workspace', 'recipient'] as const).optional(),
  waves: vine.object({ over_hours: vine.number().range([1, 72]).withoutDecimals().optional() }).optional(),
  ignore_quiet_hours: vine.boolean({ strict: true }).optional(),
  version: vine.number().withoutDecimals().optional(),
})
/** In the address: what `schedule` takes in its body. */
export const planValidator = vine.create({
  at: vine.string().maxLength(40).optional(),
  timezone: vine.enum(['workspace', 'recipient'] as const).optional(),
  over_hours: vine.number().range([1, 72]).withoutDecimals().optional(),
  ignore_quiet_hours: vine.boolean().optional(),
})
export const sendValidator = vine.create({
  ignore_quiet_hours: vine.boolean({ strict: true }).optional(),
  version: vine.number().withoutDecimals().optional(),
})
export const listValidator = vine.create({
  status: vine
    .array(vine.enum(campaignStatuses))
    .parse((value) => (typeof value === 'string' ? value.split(',') : value))
    .optional(),
  q: line(200).optional(),
  recurring_id: id().optional(),
})
/** In the address: one of the states that a message can be in. */
export const listMessagesOfValidator = vine.create({
  state: vine
    .enum([
      'withheld',
      'accepted',
      'sent',
      'delayed',
      'delivered',
      'bounced',
      'complained',
      'suppressed',
      'failed',
      'unconfirmed',
      'cancelled',
    ] as const)
    .optional(),
  q: line(200).optional(),
})
