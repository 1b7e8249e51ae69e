import vine from '@vinejs/vine'
import { color, id, line, text } from '#platform'
import { submissionStates } from '../models/form_submission.ts'
import { languages } from '../sign_up/definition.ts'
import { previewSteps } from '../sign_up/preview_form.ts'

const field = () =>
  vine.object({
    name: vine.string().regex(/^(attributes\.)?[a-z][a-z0-9_]{0,49}$/),
    label: line(120).minLength(1),
    required: vine.boolean().optional(),
    hidden: vine.boolean().optional(),
    value: line(500).nullable().optional(),
  })

/** A browser's Origin header has neither path nor trailing slash (RFC 6454 §7). */
const origin = () =>
  vine
    .string()
    .trim()
    .toLowerCase()
    .regex(/^https?:\/\/[a-z0-9.-]{1,200}(:\d{1,5})?$/)

const webAddress = () =>
  vine
    .string()
    .trim()
    .maxLength(2_000)
    .url({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })

const fields = {
  language: vine.enum(languages).optional(),
  title: line(200).minLength(1).optional(),
  intro: text(2_000).optional(),
  fields: vine.array(field()).maxLength(20).optional(),
  button: line(60).minLength(1).nullable().optional(),
  look: vine
    .object({
      color: color().optional(),
      color_dark: color().nullable().optional(),
      scheme: vine.enum(['auto', 'light', 'dark'] as const).optional(),
    })
    .optional(),
  success: vine
    .object({
      message: text(1_000).minLength(1).nullable().optional(),
      redirect_url: webAddress().nullable().optional(),
    })
    .optional(),
  double_opt_in: vine.boolean().optional(),
  pending_days: vine.number().withoutDecimals().min(1).max(90).optional(),
  asks_tracking: vine.boolean().optional(),
  origins: vine.array(origin()).maxLength(20).optional(),
  refuses: vine.object({ role: vine.boolean().optional(), disposable: vine.boolean().optional() }).optional(),
}
/** What is made of doubts about a sign-up; what is left out stays as it is. */
const doubts = () =>
  vine
    .object({
      is_on: vine.boolean().optional(),
      role: vine.boolean().optional(),
      disposable: vine.boolean().optional(),
      shared_network: vine.boolean().optional(),
    })
    .optional()
const topicIds = () => vine.array(id()).minLength(1).maxLength(20).distinct()
const wording = () => text(2_000).minLength(10)

export const createFormValidator = vine.create({
  name: line(120).minLength(1),
  topic_ids: topicIds(),
  wording: wording(),
  /** A form is open at once unless this says false: then it is a draft. */
  is_open: vine.boolean().optional(),
  doubts: doubts(),
  ...fields,
})

export const updateFormValidator = vine.create({
  name: line(120).minLength(1).optional(),
  /** The version that was changed: if there is another by now, nothing is overwritten (409). */
  version: vine.number().withoutDecimals().positive().optional(),
  is_open: vine.boolean().optional(),
  topic_ids: topicIds().optional(),
  wording: wording().optional(),
  doubts: doubts(),
  ...fields,
})

/** What is being typed, to be looked at: whatever may still be missing, and only what shows. */
export const previewFormValidator = vine.create({
  language: fields.language,
  intro: fields.intro,
  look: fields.look,
  double_opt_in: fields.double_opt_in,
  asks_tracking: fields.asks_tracking,
  title: line(200).optional(),
  fields: vine
    .array(vine.object({ ...field().getProperties(), label: line(120) }))
    .maxLength(20)
    .optional(),
  button: line(60).nullable().optional(),
  success: vine.object({ message: text(1_000).nullable().optional() }).optional(),
  topic_ids: vine.array(id()).maxLength(20).optional(),
  wording: text(2_000).optional(),
  step: vine.enum(previewSteps).optional(),
})

export const listFormsValidator = vine.create({
  q: line(200).optional(),
  state: vine.enum(['open', 'closed', 'deleted'] as const).optional(),
})

export const listSubmissionsValidator = vine.create({
  state: vine.enum(submissionStates).optional(),
})
