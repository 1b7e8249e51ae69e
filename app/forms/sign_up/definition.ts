import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Topic } from '#consent'
import { fieldsOf, readContact } from '#contacts'
import type { Workspace } from '#identity'
import { Problem } from '#platform'
import { InvalidForm } from '../errors.ts'
import { contactInput } from './answers.ts'

export const languages = ['en', 'de', 'fr', 'es'] as const
export type Language = (typeof languages)[number]

/** Beside the address, which every form asks for: columns of a contact, and custom fields as `attributes.key`. */
const plainFields = ['first_name', 'last_name', 'phone'] as const

export interface FormField {
  name: string
  label: string
  required: boolean
  /** Not shown: everybody who signs up here gets `value`. */
  hidden: boolean
  value: string | null
}

/** What a visitor sees and what it means, as one version of a form keeps it. */
export interface FormDefinition {
  language: Language
  title: string
  intro: string
  fields: FormField[]
  topic_ids: number[]
  /** The sentence beside the button that people agree to; `version` rises with every change of its words. */
  wording: { text: string; version: number }
  button: string | null
  /** The brand's colour, `#rrggbb`; `color_dark` where the page is dark, null for the same one. */
  look: { color: string; color_dark: string | null; scheme: 'auto' | 'light' | 'dark' }
  success: { message: string | null; redirect_url: string | null }
  double_opt_in: boolean
  /** For so many days a request waits for its confirmation. 1–90 */
  pending_days: number
  /** Whose scripts may post JSON, as `https://example.org`. A form in a page needs no leave. */
  origins: string[]
  /** Kinds of addresses that are refused with a word about why: of several people (info@), or made to be thrown away. */
  refuses: { role: boolean; disposable: boolean }
  /** A box, never ticked beforehand, by which somebody allows that it is noted what they open and click. */
  asks_tracking?: boolean
}

/**
 * Rules that reach beyond the form itself.
 *
 * @throws InvalidForm (422) naming the field and the fix
 */
export async function refuseUnsound(workspace: Workspace, form: FormDefinition, trx: TransactionClientContract) {
  await refuseWithoutSender(workspace, trx)
  const topics = await Topic.of(workspace, { client: trx }).whereIn('id', form.topic_ids).whereNull('archived_at')
  if (topics.length < new Set(form.topic_ids).size) {
    throw new InvalidForm('One of the topics does not exist or is archived. Choose others.', { field: 'topic_ids' })
  }
  const strict = topics.find(({ doubleOptIn }) => doubleOptIn)
  if (!form.double_opt_in && strict) {
    throw new InvalidForm(
      `“${strict.name}” asks for double opt-in. Leave it on here, or switch it off for this topic first.`,
      { field: 'double_opt_in' }
    )
  }
  await refuseUnknownFields(workspace.id, form.fields, trx)
  await refuseBadValues(workspace.id, form.fields, trx)
}

/** As it is now, and stays until this is written: nobody takes the sender away between. @throws InvalidForm */
export async function refuseWithoutSender({ id }: Workspace, trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery('select default_from_email as email from workspaces where id = ? for share', [id])
  if (rows[0]?.email) return
  throw new InvalidForm('Confirmations need a sender. Set one in Settings first.', { field: 'double_opt_in' })
}

async function refuseUnknownFields(workspaceId: number, fields: FormField[], trx: TransactionClientContract) {
  const known = new Set<string>([
    ...plainFields,
    ...(await fieldsOf(workspaceId, trx)).map(({ key }) => `attributes.${key}`),
  ])
  const seen = new Set<string>()
  fields.forEach(({ name }, no) => {
    const at = `fields.${no}.name`
    if (seen.has(name)) throw new InvalidForm(`The field ${name} is there twice.`, { field: at })
    if (!known.has(name)) {
      throw new InvalidForm(`There is no field ${name}. Use one of: ${[...known].join(', ')}.`, { field: at })
    }
    seen.add(name)
  })
}

/** A hidden value is everybody's: it must be one that its field can keep. */
async function refuseBadValues(workspaceId: number, fields: FormField[], trx: TransactionClientContract) {
  for (const [no, field] of fields.entries()) {
    if (!field.hidden) continue
    const at = { field: `fields.${no}.value` }
    if (!field.value) throw new InvalidForm('A hidden field needs the value that it stands for.', at)
    try {
      await readContact(workspaceId, contactInput({ [field.name]: field.value }), trx)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      throw new InvalidForm(error.message, at)
    }
  }
}
