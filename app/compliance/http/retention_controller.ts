import type { HttpContext } from '@adonisjs/core/http'
import { changeRetention } from '../retention/change_retention.ts'
import { retentionPage } from '../retention/look_at_kept.ts'
import { retentionValidator } from './retention_validator.ts'

/** `GET/PATCH /retention`: how long what is known of people is kept, how much of it there is, and what goes next. */
export default class RetentionController {
  async show({ workspace }: HttpContext) {
    return retentionPage(workspace)
  }

  async update({ request, workspace, actor }: HttpContext) {
    const { days, confirmed = false } = await request.validateUsing(retentionValidator)
    return retentionPage(await changeRetention({ workspace, days, confirmed, actor }))
  }
}
