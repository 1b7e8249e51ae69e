import type { SenderQuestion, SenderUse } from '#identity'

/**
 * What sends by itself from a sender: campaigns on their way, recurring ones, and the questions to silent readers, which
 * take the workspace's. For `whoUsesSenders` of #identity.
 */
export async function campaignsThatSend({ workspaceId, isDefault, domain, trx }: SenderQuestion): Promise<SenderUse[]> {
  const { rows } = await trx.rawQuery(
    `(select 'campaign' as kind, c.id, c.name from campaigns c
      where c.workspace_id = ? and c.deleted_at is null and c.status in ('scheduled', 'sending', 'paused')
        and lower(split_part(c.from_email, '@', 2)) = ? order by c.id limit 20)
     union all
     (select 'recurring_campaign', r.id, r.name from recurring_campaigns r
      join campaigns c on c.workspace_id = r.workspace_id and c.id = r.model_id
      where r.workspace_id = ? and r.deleted_at is null and r.state = 'active'
        and lower(split_part(c.from_email, '@', 2)) = ? order by r.id limit 20)
     union all
     (select 'sunset', t.id, t.name from topics t join workspaces w on w.id = t.workspace_id
      where ? and t.workspace_id = ? and t.archived_at is null
        and coalesce(t.sunset_days, (w.settings #>> '{sunset,days}')::int) > 0 order by t.id limit 20)`,
    [workspaceId, domain, workspaceId, domain, isDefault, workspaceId] as any[]
  )
  return rows.map(({ kind, id, name }: any) => ({ kind, id: String(id), name }))
}
