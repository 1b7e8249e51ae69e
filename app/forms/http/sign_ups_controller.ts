import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { anyBody, publicPage } from '#platform'
import { circumstancesOf } from '../circumstances.ts'
import { InvalidSignUp, MalformedSignUp, NoSuchForm, OriginNotNamed } from '../errors.ts'
import { doubtsAbout, type Visit } from '../quarantine/doubts_about.ts'
import { readSignUp } from '../sign_up/answers.ts'
import { evenOut, isTrapped, keepPace, refuseTooFast } from '../sign_up/defences.ts'
import { formOfSlug, readStamp, type ShownForm } from '../sign_up/form_of_slug.ts'
import { signUp } from '../sign_up/sign_up.ts'
import { asksFirst, signUpPage, signUpTemplate, type Shown } from '../sign_up/sign_up_page.ts'
import { wordsOf } from '../sign_up/words.ts'
import { allowOrigin, isForeign, originOf } from './cross_origin.ts'

type Body = Record<string, any>

/**
 * `/f/:slug`: a page without script, and what it, a form in another page or a script of a named origin posts. Who is
 * known, who is suppressed and who already agreed all get the same answer.
 */
export default class SignUpsController {
  async show(ctx: HttpContext) {
    const form = await formOfSlug(ctx.params.slug, db.connection())
    return page(ctx, form, { state: form.isOpen ? 'form' : 'closed' })
  }

  /** What a browser asks before it lets a script post JSON (Fetch standard, CORS preflight). */
  async preflight(ctx: HttpContext) {
    const form = await formOfSlug(ctx.params.slug, db.connection())
    if (allowOrigin(ctx, form)) {
      ctx.response.header('access-control-allow-methods', 'POST')
      ctx.response.header('access-control-allow-headers', 'content-type')
      ctx.response.header('access-control-max-age', '3600')
    }
    return ctx.response.noContent()
  }

  async store(ctx: HttpContext) {
    const isJson = wantsJson(ctx)
    const now = await formOfSlug(ctx.params.slug, db.connection())
    if (isJson && !allowOrigin(ctx, now) && isForeign(ctx)) {
      throw new OriginNotNamed(`Scripts of ${originOf(ctx)} may not post here. Name this origin in the form.`)
    }
    const text = await anyBody(ctx)
    const body = isJson ? jsonFields(text) : formFields(text)
    const stamp = readStamp(body.stamp, now)
    const form = stamp && stamp.version !== now.version ? await formerly(stamp.version, now) : now
    if (!now.isOpen || !form.isOpen) return closed(ctx, now, isJson)
    let began = performance.now()
    if (!isTrapped(body)) {
      await keepPace(form)
      try {
        refuseTooFast(stamp, form)
        const given = await readGiven(body, form)
        began = performance.now()
        const doubts = await doubtsAbout(form, given, visitOf(ctx, body, stamp))
        await signUp({ form, signUp: given, circumstances: { ...circumstancesOf(ctx), origin: originOf(ctx) }, doubts })
      } catch (error) {
        if (isJson || !(error instanceof InvalidSignUp)) throw error
        return page(ctx, form, { state: 'form', given: body, mistakes: error.mistakes })
      }
    }
    await evenOut(began)
    return thank(ctx, form, isJson)
  }
}

/**
 * What an older page showed, whose words its visitor agreed to. What is asked of visitors is today's: a stamp lives for ever, and
 * must not be a way around what the team has become stricter about.
 */
async function formerly(version: number, { slug, definition: now }: ShownForm): Promise<ShownForm> {
  const form = await formOfSlug(slug, db.connection(), { version })
  const { definition } = form
  const doubleOptIn = definition.double_opt_in || now.double_opt_in
  return { ...form, definition: { ...definition, double_opt_in: doubleOptIn, refuses: now.refuses } }
}

const readGiven = (body: Body, { workspace, definition, topics }: ShownForm) =>
  readSignUp(body, { workspaceId: workspace.id, definition, offered: topics, client: db.connection() })

/** A stamp without a time is that of a form that was pasted into another page. */
const visitOf = (ctx: HttpContext, { proof }: Body, stamp: ReturnType<typeof readStamp>): Visit => ({
  ...circumstancesOf(ctx),
  acceptLanguage: ctx.request.header('accept-language') ?? null,
  hasOrigin: ctx.request.header('origin') !== undefined,
  pageSeconds: stamp && stamp.seconds < YEARS ? stamp.seconds : null,
  proof,
})
const YEARS = 10 * 365 * 24 * 3_600

const wantsJson = ({ request }: HttpContext) =>
  /^application\/([\w.-]+\+)?json\b/i.test(request.header('content-type') ?? '')

/** Read here, not by the parser: a broken body is a visitor's mistake, told on the page. */
function formFields(text: string): Body {
  const body: Body = Object.create(null)
  for (const [written, value] of new URLSearchParams(text)) {
    const name = written.replace(/\[\d*\]$/, '')
    body[name] = name in body ? [body[name], value].flat().slice(0, 300) : value
  }
  return body
}

function jsonFields(text: string): Body {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new MalformedSignUp('Send a JSON object, like {"email":"ada@example.com","topics":["1"]}.')
}

/** Nothing in it says whether somebody is known: one sentence where anybody is asked, one where nobody is. */
function thank(ctx: HttpContext, form: ShownForm, isJson: boolean) {
  const { definition } = form
  const { t } = wordsOf(definition.language)
  const asks = asksFirst(form)
  const { redirect_url: redirectUrl, message } = definition.success
  if (isJson) {
    return ctx.response
      .status(200)
      .send({ ok: true, message: message ?? t(asks ? 'thanks' : 'done'), redirect_url: redirectUrl })
  }
  if (redirectUrl) return ctx.response.redirect().status(303).toPath(redirectUrl)
  return page(ctx, form, { state: asks ? 'thanks' : 'done' })
}

function closed(ctx: HttpContext, form: ShownForm, isJson: boolean) {
  if (isJson) throw new NoSuchForm(wordsOf(form.definition.language).t('closed'))
  return page(ctx, form, { state: 'closed' })
}

async function page(ctx: HttpContext, form: ShownForm, shown: Shown) {
  const redirectUrl = form.definition.success.redirect_url
  if (shown.mistakes?.length) ctx.response.status(422)
  return publicPage(ctx, signUpTemplate, await signUpPage(form, shown, db.connection()), {
    leadsTo: redirectUrl ? new URL(redirectUrl).origin : '',
    hasScript: shown.state === 'form',
  })
}
