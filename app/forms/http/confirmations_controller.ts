import type { HttpContext } from '@adonisjs/core/http'
import { anyBody, publicPage } from '#platform'
import { circumstancesOf } from '../circumstances.ts'
import { isTicked, MAY_MEASURE } from '../sign_up/answers.ts'
import { asksToMeasure, confirmSignUp, lookAtConfirmation, type Confirmation } from '../sign_up/confirm_sign_up.ts'
import { languages, type Language } from '../sign_up/definition.ts'
import { mayMeasureWords } from '../sign_up/form_of_slug.ts'
import { lookCss } from '../sign_up/look.ts'
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

function page(ctx: HttpContext, confirmation: Confirmation | null, state: 'ask' | 'over' | 'confirmed') {
  const known = confirmation !== null
  const language: Language = confirmation?.form.definition.language ?? ctx.request.language([...languages]) ?? 'en'
  const { t } = wordsOf(language)
  const titles = {
    ask: 'confirm_title',
    over: 'over_title',
    confirmed: known ? 'confirmed_title' : 'confirmed_unknown_title',
  }
  return publicPage(ctx, 'public/confirm', {
    t,
    language,
    step: state,
    known,
    title: t(titles[state]),
    ...(confirmation ? wordsFor(confirmation) : { css: '', mayMeasure: null }),
  })
}

const wordsFor = ({ form, submission }: Confirmation) => ({
  css: lookCss(form.definition),
  workspace: form.workspace.name,
  email: submission.email,
  topics: form.topics.filter(({ id }) => submission.topicIds.includes(id)),
  wording: form.definition.wording.text,
  mayMeasure: asksToMeasure({ form, submission }) ? mayMeasureWords(form) : null,
  formUrl: form.isOpen ? `/f/${form.slug}` : null,
})
