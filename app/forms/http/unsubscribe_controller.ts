import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { anyBody, publicPage } from '#platform'
import { circumstancesOf } from '../circumstances.ts'
import { leaveTopic } from '../leave_topic.ts'
import { readerOfToken, type KnownReader } from '../reader_of_token.ts'

/**
 * `/u/:token`. GET (and HEAD) shows a button and changes nothing. POST is RFC 8058 §3.2: any body or none, no cookie,
 * no CSRF, no redirect, always 200, again is the same; whether a token is ours can be told from nothing.
 */
export default class UnsubscribeController {
  async show(ctx: HttpContext) {
    const reader = await readerOfToken(ctx.params.token, db.connection())
    return publicPage(ctx, 'public/unsubscribe', { ...wordsFor(ctx, reader), done: false })
  }

  async store(ctx: HttpContext) {
    const body = await anyBody(ctx)
    const via = /\bfrom=page\b/.test(body) ? 'page' : 'one-click'
    const reader = await leaveTopic({ token: ctx.params.token, via, circumstances: circumstancesOf(ctx) })
    return publicPage(ctx, 'public/unsubscribe', { ...wordsFor(ctx, reader), done: true })
  }
}

const wordsFor = ({ params }: HttpContext, reader: KnownReader | null) => ({
  inert: params.token === 'test',
  topic: reader?.topic.name ?? null,
  workspace: reader?.workspace.name ?? null,
  preferences: `/p/${encodeURIComponent(params.token)}`,
})
