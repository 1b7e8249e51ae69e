import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * On every answer: nothing guesses types, and no address of ours (some carry tokens) goes along to other sites.
 * Answers of the API are nobody's to keep. What a controller sets itself wins.
 */
export default class PlainHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('x-content-type-options', 'nosniff')
    response.header('referrer-policy', 'no-referrer')
    if (request.url().startsWith('/api/')) response.header('cache-control', 'no-store')
    return next()
  }
}
