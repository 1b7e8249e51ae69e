import type { HttpContext } from '@adonisjs/core/http'
import { trackingPolicyOf } from '#identity'
import { trackingCounts } from '../tracking_permission.ts'

/** `GET /tracking`: whose opens and clicks are noted, and how many said what. The policy is changed with the workspace. */
export default class TrackingController {
  async show({ workspace }: HttpContext) {
    return { policy: trackingPolicyOf(workspace), ...(await trackingCounts(workspace.id)) }
  }
}
