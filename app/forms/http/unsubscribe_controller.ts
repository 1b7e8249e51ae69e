import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { anyBody, publicPage } from '#platform'
import { circumstancesOf } from '../circumstances.ts'
import { leaveTopic } from '../leave_topic.ts'
import { readerOfToken, type KnownReader } from '../reader_of_token.ts'
import { whyIn, whys } from '../why.ts'
import { wordsOfPage } from './words_of_page.ts'

/**
 * `/u/:token`. GET (and HEAD) shows a button and changes nothing. POST is RFC 8058 §3.2: any body or none, no cookie,
 * no CSRF, no redirect, always 200, again is the same; whether a token is ours can be told from nothing.
 */
export default class UnsubscribeController {
  async show(ctx: HttpContext) {
    return page(ctx, await readerOfToken(ctx.params.token, db.connection()), { done: false })
  }

  async store(ctx: HttpContext) {
    const body = await anyBody(ctx)
    const via = /\bfrom=page\b/.test(body) ? 'page' : 'one-click'
    const why = via === 'page' ? whyIn(new URLSearchParams(body)) : null
    const reader = await leaveTopic({ of: ctx.params.token, via, why, circumstances: circumstancesOf(ctx) })
    return page(ctx, reader, { done: true })
  }
}

function page(ctx: HttpContext, reader: KnownReader | null, { done }: { done: boolean }) {
  const { language, ...words } = wordsOfPage(ctx, reader)
  return publicPage(ctx, 'public/unsubscribe', {
    ...words,
    done,
    whys,
    inert: ctx.params.token === 'test',
    topic: reader?.topic.name ?? null,
    workspace: reader?.workspace.name ?? null,
    preferences: `/p/${encodeURIComponent(ctx.params.token)}?lang=${language}`,
  })
}
