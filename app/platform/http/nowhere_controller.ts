import type { HttpContext } from '@adonisjs/core/http'
import router from '@adonisjs/core/services/router'
import { Problem } from '../problem.ts'

class NoSuchRoute extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}

class WrongMethod extends Problem {
  static status = 405
  static code = 'E_METHOD_NOT_ALLOWED'
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** What no other route took below /api: JSON, not the web app; and which methods there are, when the path is right. */
export default class NowhereController {
  async handle({ request, response, route }: HttpContext) {
    const allowed = METHODS.filter((method) => {
      const match = router.match(request.url(), method, request.parsedUrl.shouldDecodeParam)
      return match && match.route.pattern !== route?.pattern && match.route.name !== 'spa'
    })
    if (allowed.length > 0) {
      response.header('allow', allowed.join(', '))
      throw new WrongMethod(`This address takes ${allowed.join(', ')}, not ${request.method()}.`)
    }
    throw new NoSuchRoute('There is nothing at this address. GET /api/openapi.json lists what there is.')
  }
}
