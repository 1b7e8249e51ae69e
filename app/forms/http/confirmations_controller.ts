import type { HttpContext } from '@adonisjs/core/http'
import { anyBody, publicPage } from '#platform'
import { circumstancesOf } from '../circumstances.ts'
import { isTicked, MAY_MEASURE } from '../sign_up/answers.ts'
import { confirmationPage, confirmationTemplate, type ConfirmationStep } from '../sign_up/confirmation_page.ts'
import { asksToMeasure, confirmSignUp, lookAtConfirmation, type Confirmation } from '../sign_up/confirm_sign_up.ts'
import { languages, type Language } from '../sign_up/definition.ts'
import { wordsOf } from '../sign_up/words.ts'

/**
 * `/confirm/:token`. GET and HEAD show a button and count that they came; POST confirms, again is the same. Both are always
 * 200, and what we did not sign gets the same button and the same thanks, without names.
 */
export default class ConfirmationsController {
  async show(ctx: HttpContext) {
    const confirmation = await lookAtConfirmation(ctx.params.token)
    const isDone = confirmation?.submission.state === 'confirmed'
    return page(ctx, confirmation, confirmation?.isOver && !isDone ? 'over' : isDone ? 'confirmed' : 'ask')
  }

  async store(ctx: HttpContext) {
    const said = new URLSearchParams(await anyBody(ctx))
    const confirmation = await confirmSignUp(ctx.params.token, circumstancesOf(ctx), {
      mayMeasure: isTicked(said.get(MAY_MEASURE)),
    })
    const isOver = confirmation?.isOver && confirmation.submission.state === 'pending'
    return page(ctx, confirmation, isOver ? 'over' : 'confirmed')
  }
}

function page(ctx: HttpContext, confirmation: Confirmation | null, step: ConfirmationStep) {
  if (!confirmation) return pageOfNobody(ctx, step)
  const { form, submission } = confirmation
  const topics = form.topics.filter(({ id }) => submission.topicIds.includes(id))
  const asked = { email: submission.email, topics, asksToMeasure: asksToMeasure(confirmation) }
  return publicPage(ctx, confirmationTemplate, confirmationPage(form, step, asked))
}

/** What we did not sign: the same button and the same thanks, in the language of the browser. */
function pageOfNobody(ctx: HttpContext, step: ConfirmationStep) {
  const { t, language } = wordsOf((ctx.request.language([...languages]) as Language | null) ?? 'en')
  const title = t(step === 'ask' ? 'confirm_title' : 'confirmed_unknown_title')
  return publicPage(ctx, confirmationTemplate, { t, language, step, known: false, title, css: '', mayMeasure: null })
}
