/** A sign-up form as the API answers it, and as it is written. */
import { api } from '~/api'

export const languages = ['en', 'de', 'fr', 'es'] as const
export type Language = (typeof languages)[number]

export const schemes = ['auto', 'light', 'dark'] as const

export interface FormField {
  name: string
  label: string
  required: boolean
  hidden: boolean
  value: string | null
}

export interface SignUps {
  asked: number
  confirmed: number
  waiting: number
  agreed: number
  last_at: string | null
}

export interface StoredForm {
  id: string
  name: string
  url: string
  version: number
  is_open: boolean
  language: Language
  title: string
  intro: string
  fields: FormField[]
  topic_ids: string[]
  wording: { text: string; version: number }
  button: string | null
  look: { color: string; color_dark: string | null; scheme: (typeof schemes)[number] }
  success: { message: string | null; redirect_url: string | null }
  double_opt_in: boolean
  pending_days: number
  origins: string[]
  refuses: { role: boolean; disposable: boolean }
  asks_tracking?: boolean
  sign_ups: SignUps
  deleted_at: string | null
}

export const formQuery = (id: string) => api.forms.show.queryOptions({ params: { id } })

/** What is typed: empty text instead of nothing. */
export const valuesOf = (form: StoredForm) => ({
  name: form.name,
  language: form.language,
  title: form.title,
  intro: form.intro,
  fields: form.fields.map((field) => ({ ...field, value: field.value ?? '' })),
  topic_ids: form.topic_ids,
  wording: form.wording.text,
  button: form.button ?? '',
  look: { ...form.look },
  success: { message: form.success.message ?? '', redirect_url: form.success.redirect_url ?? '' },
  double_opt_in: form.double_opt_in,
  pending_days: form.pending_days as number | null,
  origins: form.origins,
  refuses: { ...form.refuses },
  asks_tracking: form.asks_tracking ?? false,
})
export type FormValues = ReturnType<typeof valuesOf>

/** Where a new one begins; its words are suggestions in its language. */
export const newForm = ({ title, wording }: { title: string; wording: string }): FormValues => ({
  name: '',
  language: 'en',
  title,
  intro: '',
  fields: [],
  topic_ids: [],
  wording,
  button: '',
  look: { color: '#1a5fb4', color_dark: null, scheme: 'auto' },
  success: { message: '', redirect_url: '' },
  double_opt_in: true,
  pending_days: 14,
  origins: [],
  refuses: { role: false, disposable: true },
  asks_tracking: false,
})

/** What the API keeps. */
export const bodyOf = ({ fields, button, look, success, pending_days: days, ...values }: FormValues) => ({
  ...values,
  fields: fields.map((field) => ({ ...field, value: field.hidden ? field.value : null })),
  topic_ids: values.topic_ids.map(Number),
  button: button.trim() || null,
  look,
  success: { message: success.message.trim() || null, redirect_url: success.redirect_url.trim() || null },
  ...(days === null ? {} : { pending_days: days }),
})

const COLOR = /^#[0-9a-fA-F]{6}$/

/** What its visitors would see of it, half typed as it may be. */
export function shownOf(values: FormValues) {
  const { language, title, intro, topic_ids: topics, wording, double_opt_in, asks_tracking, look } = values
  const { fields, button, success } = bodyOf(values)
  return {
    language,
    title,
    intro,
    fields,
    wording,
    double_opt_in,
    asks_tracking,
    button,
    success: { message: success.message },
    topic_ids: topics.map(Number),
    look: {
      scheme: look.scheme,
      ...(COLOR.test(look.color) ? { color: look.color } : {}),
      color_dark: look.color_dark !== null && COLOR.test(look.color_dark) ? look.color_dark : null,
    },
  }
}
