import type { HttpContext } from '@adonisjs/core/http'
import { Problem } from '../problem.ts'

export class BodyTooLarge extends Problem {
  static status = 413
  static code = 'E_TOO_LARGE'
}

/** The body of a request that no parser has touched, byte by byte, up to a limit. */
export async function rawBody(
  { request }: Pick<HttpContext, 'request'>,
  { limit }: { limit: number }
): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request.request) {
    size += part.length
    if (size > limit) throw new BodyTooLarge(`The body may have ${limit} bytes at most.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
