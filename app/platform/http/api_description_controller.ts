import type { HttpContext } from '@adonisjs/core/http'
import { describeApi } from '../openapi/describe_api.ts'

/** `GET /api/openapi.json`: what there is, for programs that read before they ask. */
export default class ApiDescriptionController {
  async show({ response }: HttpContext) {
    return response.header('cache-control', 'public, max-age=300').send(await describeApi())
  }
}
