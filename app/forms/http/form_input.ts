import type { Infer } from '@vinejs/vine/types'
import type { FormDefinition } from '../sign_up/definition.ts'
import type { previewFormValidator, updateFormValidator } from './forms_validator.ts'

type Settings = Omit<FormDefinition, 'wording' | 'topic_ids' | 'title'>
type Input = Omit<Infer<typeof updateFormValidator>, 'name' | 'is_open' | 'version' | 'doubts'>

export const DEFAULTS: Settings = {
  language: 'en',
  intro: '',
  fields: [],
  button: null,
  look: { color: '#1a5fb4', color_dark: null, scheme: 'auto' },
  success: { message: null, redirect_url: null },
  double_opt_in: true,
  pending_days: 14,
  origins: [],
  refuses: { role: false, disposable: true },
  asks_tracking: false,
}

/** What was sent, each part complete. */
export function given(
  { fields, look, success, refuses, ...input }: Input,
  before: Pick<Settings, 'look' | 'success' | 'refuses'>
) {
  return {
    ...input,
    ...(fields && { fields: complete(fields) }),
    ...(look && { look: { ...before.look, ...look } }),
    ...(refuses && { refuses: { ...before.refuses, ...refuses } }),
    ...(success && { success: { ...before.success, ...success } }),
  }
}

/** What is being typed, as visitors would see it if it were saved. */
export function unsaved({ wording = '', button, ...input }: Omit<Infer<typeof previewFormValidator>, 'step'>) {
  const definition = {
    title: '',
    topic_ids: [],
    ...DEFAULTS,
    ...given(input as Input, DEFAULTS),
    button: button || null,
    wording: { text: wording, version: 1 },
  }
  return definition as FormDefinition
}

const complete = (fields: NonNullable<Input['fields']>) =>
  fields.map(({ name, label, required = false, hidden = false, value = null }) => ({
    name,
    label,
    required,
    hidden,
    value,
  }))
