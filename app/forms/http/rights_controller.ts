import type { HttpContext } from '@adonisjs/core/http'
import { pageLookOf } from '#identity'
import { anyBody, publicPage } from '#platform'
import { pageCss } from '../brand.ts'
import { circumstancesOf } from '../circumstances.ts'
import {
  answerRequest,
  certificateFor,
  lookAtRequest,
  recordFor,
  type AnsweredRequest,
} from '../rights/answer_rights.ts'
import { languageLinks, wordsIn } from '../reader_words.ts'
import { keepReadersPace } from '../readers_pace.ts'

/**
 * `/r/:token`, from a mail to the address itself: one's data to take away, or the end of it. GET and HEAD show a button and
 * change nothing. A link that is too old looks like one that we did not sign.
 */
export default class RightsController {
  async show(ctx: HttpContext) {
    return page(ctx, await lookAtRequest(ctx.params.token))
  }

  async store(ctx: HttpContext) {
    const form = new URLSearchParams(await anyBody(ctx))
    const wanted = form.get('do')
    const asked = await lookAtRequest(ctx.params.token)
    const isMeant = asked?.request.kind === 'erasure' ? wanted === 'erase' : wanted === 'json' || wanted === 'page'
    if (!asked?.isUsable || !isMeant) return page(ctx, asked)
    if (asked.request.kind !== 'erasure') {
      await keepReadersPace({ workspaceId: asked.workspace.id, person: asked.contact })
    }
    const answered = await answerRequest(ctx.params.token, circumstancesOf(ctx))
    if (!answered || answered.request.kind === 'erasure') return page(ctx, answered)
    return file(ctx, answered, wanted === 'json')
  }
}

async function file(ctx: HttpContext, answered: AnsweredRequest, isJson: boolean) {
  const { response, view } = ctx
  const { json, page: sections } = await recordFor(answered, wordsFor(ctx, answered).language)
  response.header('cache-control', 'private, no-store')
  response.header('x-content-type-options', 'nosniff')
  response.header('content-disposition', `attachment; filename="my-data.${isJson ? 'json' : 'html'}"`)
  if (isJson) return response.type('json').send(JSON.stringify(json, null, 2))
  return response.type('html').send(await view.render('pages/contact_record', sections))
}

function page(ctx: HttpContext, asked: AnsweredRequest | null) {
  const words = wordsFor(ctx, asked)
  const certificate = asked && certificateFor(asked)
  return publicPage(ctx, 'public/rights', {
    ...words,
    step: certificate ? 'erased' : asked?.isUsable ? (asked.request.kind === 'erasure' ? 'erase' : 'data') : 'over',
    workspace: asked?.workspace.name,
    certificate,
    records: Object.fromEntries(Object.entries(certificate?.records ?? {}).filter(([, count]) => count > 0)),
    until: asked && words.day(asked.request.confirmUntil!.toJSDate()),
  })
}

function wordsFor({ request }: HttpContext, asked: AnsweredRequest | null) {
  const chosen: unknown = request.qs().lang
  const wishes = [typeof chosen === 'string' ? chosen : null, asked?.contact?.locale, asked?.workspace.locale]
  const words = wordsIn(wishes, asked?.contact?.timezone ?? asked?.workspace.timezone)
  return {
    ...words,
    lang: words.language,
    languages: languageLinks(words.language),
    css: pageCss(asked && pageLookOf(asked.workspace)),
  }
}
