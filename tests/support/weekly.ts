import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { makeDueOccurrences, startDueCampaigns } from '#campaigns'
import { sendAllOf } from '#delivery'
import { letTheWorkerWork } from './worker.ts'
import { campaign } from './written_campaign.ts'

/** The bakery's weekly letter, made from a campaign that it likes. */
export async function weekly(client: any, wish: Record<string, unknown> = {}, changes: Record<string, unknown> = {}) {
  const story = await campaign(client, changes)
  const { workspace, token } = story
  const door = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) => {
    const asked = client[method](`/api/v1/recurring-campaigns${path}`).bearerToken(token)
    return body ? asked.json(body) : asked
  }
  const made = await door('post', '', {
    name: 'Weekly specials',
    rule: 'FREQ=WEEKLY;BYDAY=MO',
    local_time: '09:00',
    timezone: 'Europe/Vienna',
    campaign_id: story.id,
    ...wish,
  })
  made.assertStatus(201)
  const { id } = made.body()
  const of = { workspace_id: workspace.id, id }
  const mine = { workspaceId: workspace.id }
  return {
    ...story,
    recurring: made.body(),
    door,
    path: (end = '') => `/${id}${end}`,
    look: async () => (await door('get', `/${id}`)).body(),
    begin: async () => (await door('post', `/${id}/resume`)).assertStatus(200),
    /** As if its next moment had come, or were so many hours ago (less than nothing: to come). */
    async comes({ hoursAgo = 0 } = {}) {
      const at = DateTime.utc().minus({ hours: hoursAgo, seconds: 1 })
      const row = await db.from('recurring_campaigns').where(of).first()
      await db
        .from('recurring_campaigns')
        .where(of)
        .update({ next_at: at.toJSDate(), due_at: at.minus({ hours: row.notice_hours }).toJSDate() })
      await makeDueOccurrences(mine)
      await startDueCampaigns(mine)
      await sendAllOf(mine)
      await letTheWorkerWork(workspace)
    },
    campaigns: () =>
      db.from('campaigns').where({ workspace_id: workspace.id, is_model: false, recurring_id: id }).orderBy('id'),
    told: async () =>
      (await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id')).map(
        ({ subject }) => subject
      ),
  }
}
