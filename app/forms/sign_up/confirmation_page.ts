import { mayMeasureWords, type ShownForm } from './form_of_slug.ts'
import { lookCss } from './look.ts'
import { wordsOf } from './words.ts'

export const confirmationTemplate = 'public/confirm'

export type ConfirmationStep = 'ask' | 'over' | 'confirmed'

const TITLES = { ask: 'confirm_title', over: 'over_title', confirmed: 'confirmed_title' } as const

/** What the page behind a confirmation's link shows, for who was asked and for whoever is making the form. */
export function confirmationPage(
  form: ShownForm,
  step: ConfirmationStep,
  { email, topics, asksToMeasure }: { email: string | null; topics: ShownForm['topics']; asksToMeasure: boolean }
) {
  const { t, language } = wordsOf(form.definition.language)
  return {
    t,
    language,
    step,
    known: true,
    title: t(TITLES[step]),
    css: lookCss(form.definition),
    workspace: form.workspace.name,
    email,
    topics,
    wording: form.definition.wording.text,
    mayMeasure: asksToMeasure ? mayMeasureWords(form) : null,
    formUrl: form.isOpen ? `/f/${form.slug}` : null,
  }
}
