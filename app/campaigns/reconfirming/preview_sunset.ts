import db from '@adonisjs/lucid/services/db'
import { previewSunset, Topic, type SunsetPreview } from '#consent'
import { sunsetOf, type Workspace } from '#identity'
import { boundedQuestion } from '#platform'

/**
 * What a sunset policy would do, topic by topic, before it is switched on: as the rules are, or with other days or mails. A topic of
 * its own days keeps them; one that is left out is left out here.
 *
 * @throws TooBusy (429), TookTooLong (503)
 */
export async function sunsetOutlook({
  workspace,
  days,
  mails,
}: {
  workspace: Workspace
  days?: number
  mails?: number
}): Promise<{ topicId: number; topicName: string; days: number; preview: SunsetPreview }[]> {
  const rules = sunsetOf(workspace)
  const topics = await Topic.of(workspace).whereNull('archived_at').orderBy('id').limit(50)
  const asked = topics
    .map((topic) => ({ topic, days: topic.sunsetDays ?? days ?? rules.days ?? 0 }))
    .filter((one) => one.days > 0)
  return boundedQuestion(
    workspace.id,
    async (limit) => {
      const outlook = []
      for (const { topic, days: silentDays } of asked) {
        const about = { workspaceId: workspace.id, topicId: topic.id, channel: 'email' }
        const question = { ...about, days: silentDays, mails: mails ?? rules.mails }
        const preview = await db.transaction(async (trx) => {
          await limit(trx)
          return previewSunset(question, { trx })
        })
        outlook.push({ topicId: topic.id, topicName: topic.name, days: silentDays, preview })
      }
      return outlook
    },
    { atOnce: 2 }
  )
}
