import type { HttpContext } from '@adonisjs/core/http'
import { proofOverview } from '#consent'
import { previewQuestion } from '../reconfirming/preview_question.ts'
import { sunsetOutlook } from '../reconfirming/preview_sunset.ts'
import { askPreviewValidator, sunsetPreviewValidator } from './reconfirmations_validator.ts'

/** `GET /reconfirmations/proofs`, `/preview`, `/sunset`: whose proof is weak, whom of them the law lets us ask, who is silent. */
export default class ProofsController {
  async index({ workspace }: HttpContext) {
    return { data: await proofOverview({ workspaceId: workspace.id }), next_cursor: null }
  }

  async preview({ request, workspace }: HttpContext) {
    const { topic_id: topicId, segment_id: segmentId } = await request.validateUsing(askPreviewValidator, {
      data: request.qs(),
    })
    return previewQuestion({ workspace, topicId, segmentId })
  }

  async sunset({ request, workspace }: HttpContext) {
    const { days, mails } = await request.validateUsing(sunsetPreviewValidator, { data: request.qs() })
    const outlook = await sunsetOutlook({ workspace, days, mails })
    return {
      data: outlook.map(({ topicId, topicName, days: silentDays, preview }) => ({
        topic_id: String(topicId),
        topic_name: topicName,
        days: silentDays,
        ...preview,
      })),
      next_cursor: null,
    }
  }
}
