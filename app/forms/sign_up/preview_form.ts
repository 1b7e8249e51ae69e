import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { composeServiceMail } from '#delivery'
import { confirmationLetter } from './confirmation_letter.ts'
import { confirmationPage, confirmationTemplate } from './confirmation_page.ts'
import type { ShownForm } from './form_of_slug.ts'
import { asksFirst, signUpPage, signUpTemplate } from './sign_up_page.ts'

/** What somebody sees who signs up, in this order: the page, its thanks, the mail, the page behind its link, and its thanks. */
export const previewSteps = ['form', 'thanks', 'mail', 'confirm', 'confirmed'] as const
export type PreviewStep = (typeof previewSteps)[number]

const VISITOR = 'ada@example.org'

interface Drawing {
  render: (template: string, data: object) => Promise<string>
  client: QueryClientContract
}

/**
 * One step of a form as it is being typed, by what makes it for visitors. Nothing is kept, and nothing is sent.
 *
 * @throws InvalidMessage (422) for the mail while the workspace has no sender
 */
export async function previewForm(
  form: ShownForm,
  step: PreviewStep,
  { render, client }: Drawing
): Promise<{ html: string; subject: string | null; from: string | null }> {
  const page = async (template: string, data: object) => ({
    html: await render(template, { nonce: '', ...data }),
    subject: null,
    from: null,
  })
  if (step === 'mail') {
    const letter = confirmationLetter(form, { topics: form.topics, token: 'preview' })
    const { html, subject, from } = composeServiceMail(form.workspace, letter, { to: VISITOR, contact: {} })
    return { html, subject, from }
  }
  if (step === 'confirm' || step === 'confirmed') {
    const asked = { email: VISITOR, topics: form.topics, asksToMeasure: form.definition.asks_tracking === true }
    return page(confirmationTemplate, confirmationPage(form, step === 'confirm' ? 'ask' : 'confirmed', asked))
  }
  const state = step === 'form' ? 'form' : asksFirst(form) ? 'thanks' : 'done'
  return page(signUpTemplate, await signUpPage(form, { state }, client))
}
