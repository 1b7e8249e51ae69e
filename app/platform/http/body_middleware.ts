import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'

/** Doors that take any body, or none, and must never answer 400 or 415 for it: they read what they need themselves. */
const TAKES_ANYTHING = [
  '/u/:token',
  '/p/:token',
  '/k/:token',
  '/r/:token',
  '/f/:slug',
  '/confirm/:token',
  '/webhooks/resend/:workspace_key',
  '/webhooks/postmark/:workspace_key',
  '/webhooks/ses/:workspace_key',
]
const MOST_BYTES = 64 * 1024
const PATIENCE_MS = 5_000

/** Parses bodies by their content type, except at the doors that take anything. */
export default class BodyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (TAKES_ANYTHING.includes(ctx.route?.pattern ?? '')) return next()
    const parser = await ctx.containerResolver.make(BodyParserMiddleware)
    return parser.handle(ctx, next)
  }
}

/** The first 64 kB of whatever came, as text; a body that never ends or breaks off is what had come until then. */
export async function anyBody({ request }: Pick<HttpContext, 'request'>): Promise<string> {
  const stream = request.request
  const chunks: Buffer[] = []
  let bytes = 0
  await new Promise<void>((done) => {
    const timer = setTimeout(done, PATIENCE_MS)
    const end = () => (clearTimeout(timer), done())
    stream.on('data', (chunk: Buffer) => {
      if (bytes < MOST_BYTES) chunks.push(chunk)
      bytes += chunk.length
    })
    stream.on('end', end).on('close', end).on('error', end)
  })
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8')
}
