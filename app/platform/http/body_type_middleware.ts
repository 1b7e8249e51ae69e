import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Problem } from '../problem.ts'

export class UnsupportedType extends Problem {
  static status = 415
  static code = 'E_UNSUPPORTED_TYPE'
}

/** Uploads, which their own controllers read as a stream. */
const uploads = [
  'multipart/form-data',
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/csv',
  'application/octet-stream',
]

/**
 * The API speaks JSON. What comes in another type would be read as an empty body and answered with riddles about
 * missing fields. A controller that takes uploads says so: `static uploads = ['store']`.
 */
export default class BodyTypeMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const type = ctx.request.header('content-type')?.split(';')[0].trim().toLowerCase()
    if (hasBody(ctx) && !isJson(type) && !(uploads.includes(type ?? '') && (await takesUploads(ctx)))) {
      throw new UnsupportedType(`Send JSON (content-type: application/json), not ${type ?? 'a body without a type'}.`)
    }
    return next()
  }
}

const hasBody = ({ request }: HttpContext) =>
  Number(request.header('content-length') ?? 0) > 0 || request.header('transfer-encoding') !== undefined

const isJson = (type: string | undefined) => type === 'application/json' || Boolean(type?.endsWith('+json'))

async function takesUploads({ route }: HttpContext): Promise<boolean> {
  const reference = route && 'reference' in (route.handler as any) ? (route.handler as any).reference : undefined
  if (!Array.isArray(reference)) return false
  const controller = await (reference[0] as () => Promise<{ default: { uploads?: string[] } }>)()
  return controller.default.uploads?.includes(reference[1] ?? 'handle') ?? false
}
