import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Mistake } from '../errors.ts'
import { presentFields } from './answers.ts'
import { inputTypeOf } from './field_input.ts'
import { mayMeasureWords, stampOf, type ShownForm } from './form_of_slug.ts'
import { lookCss } from './look.ts'
import { wordsOf } from './words.ts'

export const signUpTemplate = 'public/sign_up'

export interface Shown {
  state: 'form' | 'closed' | 'thanks' | 'done'
  given?: Record<string, any>
  mistakes?: Mistake[]
}

/** What a form's page shows, for its visitors and for whoever is making it. */
export async function signUpPage(
  form: ShownForm,
  { state, given = {}, mistakes = [] }: Shown,
  client: QueryClientContract
) {
  const { definition, workspace } = form
  const fields = state === 'form' ? await presentFields(workspace.id, definition.fields, client) : []
  const chosen = [given.topics ?? []].flat().map(String)
  return {
    ...wordsOf(definition.language),
    step: state,
    definition,
    css: lookCss(definition),
    action: `/f/${form.slug}`,
    topics: form.topics.map((topic) => ({ ...topic, isChosen: chosen.includes(String(topic.id)) })),
    fields: fields.filter(({ hidden }) => !hidden).map((field) => ({ ...field, ...inputTypeOf(field) })),
    mayMeasure: definition.asks_tracking ? mayMeasureWords(form) : null,
    stamp: stampOf(form),
    given,
    mistakes,
    wrong: Object.fromEntries(mistakes.map(({ field, message }) => [field, message])),
    sender: [workspace.name, workspace.postalAddress].filter(Boolean).join('\n'),
  }
}

/** Whether anybody is asked by mail: then one sentence thanks them all. */
export const asksFirst = ({ definition, topics }: Pick<ShownForm, 'definition' | 'topics'>) =>
  definition.double_opt_in || topics.some(({ doubleOptIn }) => doubleOptIn)
