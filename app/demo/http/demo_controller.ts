import type { HttpContext } from '@adonisjs/core/http'
import { plantDemo } from '../plant_demo.ts'
import { removeDemo } from '../remove_demo.ts'

/** `POST /demo` plants the Blue Door Bakery, `DELETE /demo` takes it out again. */
export default class DemoController {
  async store({ response, workspace, actor }: HttpContext) {
    return response.created(await plantDemo({ workspace, actor }))
  }

  async destroy({ response, workspace, actor }: HttpContext) {
    await removeDemo({ workspace, actor })
    return response.noContent()
  }
}
