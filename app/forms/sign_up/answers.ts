import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { fieldsOf, readContact, type ContactInput } from '#contacts'
import { cleanLine, Problem } from '#platform'
import { InvalidSignUp, type Mistake } from '../errors.ts'
import type { Signal } from '../quarantine/signals.ts'
import { lookAtAddress } from './address_problem.ts'
import type { FormDefinition, FormField } from './definition.ts'
import { wordsOf } from './words.ts'

export type Answers = Record<string, unknown>

/** Among the answers, but about no field: they ticked the box of a form that asks (`asks_tracking`). */
export const MAY_MEASURE = 'tracking'

/** What a visitor sent, as it is kept until they confirm. */
export interface SignUp {
  email: string
  answers: Answers
  topicIds: number[]
  /** What about the address speaks against a person. */
  signs: Signal[]
}

/** Flat answers (`first_name`, `attributes.city`) as contacts take them. */
export function contactInput(answers: Answers): ContactInput {
  const input: Record<string, unknown> = {}
  const attributes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(answers)) {
    if (name === MAY_MEASURE) continue
    if (name.startsWith('attributes.')) attributes[name.slice('attributes.'.length)] = value
    else input[name] = value
  }
  return { ...input, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) }
}

/** Only what the workspace still has a field for: one may have been deleted since the form was made. */
export async function presentFields(workspaceId: number, fields: FormField[], client: QueryClientContract) {
  const known = await fieldsOf(workspaceId, client)
  return fields.flatMap((field) => {
    if (!field.name.startsWith('attributes.')) return [{ ...field, type: 'text' as const, choices: null }]
    const custom = known.find(({ key }) => `attributes.${key}` === field.name)
    return custom ? [{ ...field, type: custom.type, choices: custom.choices }] : []
  })
}
export type PresentField = Awaited<ReturnType<typeof presentFields>>[number]

/**
 * Reads what came against the form that the visitor saw. All mistakes are told at once, in the form's language.
 *
 * @throws InvalidSignUp
 */
export async function readSignUp(
  body: Record<string, unknown>,
  {
    workspaceId,
    definition,
    offered,
    client,
  }: { workspaceId: number; definition: FormDefinition; offered: { id: number }[]; client: QueryClientContract }
): Promise<SignUp> {
  const { t } = wordsOf(definition.language)
  const mistakes: Mistake[] = []
  const email = one(body.email)
  const address = await lookAtAddress(email, definition)
  if (address.problem) mistakes.push({ field: 'email', message: t(...address.problem) })
  const answers: Answers = {}
  for (const field of await presentFields(workspaceId, definition.fields, client)) {
    const value = field.hidden ? field.value : givenFor(field, body)
    if (isBlank(value)) {
      if (field.required) mistakes.push({ field: field.name, message: t('error_required', { label: field.label }) })
      continue
    }
    const wrong = await wrongWith(field, value, { workspaceId, client })
    if (wrong) mistakes.push({ field: field.name, message: t(wrong, { label: field.label }) })
    else answers[field.name] = value
  }
  if (definition.asks_tracking && isTicked(body[MAY_MEASURE])) answers[MAY_MEASURE] = true
  const chosen = list(body.topics)
  const topicIds = offered.map(({ id }) => id).filter((id) => chosen.includes(String(id)))
  if (topicIds.length === 0) mistakes.push({ field: 'topics', message: t('error_topics') })
  if (mistakes.length > 0 || address.problem) throw new InvalidSignUp(mistakes)
  return { email, answers, topicIds, signs: address.signs }
}

async function wrongWith(
  field: PresentField,
  value: unknown,
  { workspaceId, client }: { workspaceId: number; client: QueryClientContract }
): Promise<string | null> {
  if (isName(field) && holdsAddress(String(value))) return 'error_link'
  try {
    await readContact(workspaceId, contactInput({ [field.name]: value }), client)
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return 'error_value'
  }
}

const isName = ({ name }: PresentField) => name === 'first_name' || name === 'last_name'

/** Names with a link are how a confirmation mail is made to carry somebody's advertisement. */
const holdsAddress = (text: string) => ADDRESS.test(text) || /[<>{}[\]@]/.test(text)

/** "Dr.Meier" is a name: what looks like a domain must end as domains do, a country's only when a path follows. */
const ADDRESS =
  /:\/\/|\bwww\.|[\p{L}\p{N}-]{2}\.(?:com|net|org|info|biz|top|xyz|site|online|shop|club|link|click|live|store|app|dev)\b|[\p{L}\p{N}-]{2}\.[a-z]{2}\//iu

/** JSON may nest custom fields as the API does (`attributes: { city }`); a form in a page has flat names. */
function givenFor({ name, type }: PresentField, body: Record<string, unknown>): unknown {
  const nested = name.startsWith('attributes.')
    ? (body.attributes as any)?.[name.slice('attributes.'.length)]
    : undefined
  const given = body[name] ?? nested
  if (type === 'multi_choice') return list(given)
  return typeof given === 'number' || typeof given === 'boolean' ? given : one(given)
}

/** As a browser sends a box that was ticked, or a script. */
export const isTicked = (value: unknown) => value === 'yes' || value === true

const one = (value: unknown): string => (typeof value === 'string' ? cleanLine(value).slice(0, 5_000) : '')
const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value])
    .slice(0, 200)
    .flatMap((item) => (['string', 'number'].includes(typeof item) ? String(item) : []))
const isBlank = (value: unknown) => value === '' || value === null || (Array.isArray(value) && value.join('') === '')
