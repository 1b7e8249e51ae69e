import { aging } from '#platform'

/**
 * Mails in the Outbox. While a campaign is under way they are what says that a call was made already: they stay until it has
 * ended. Reads `shipments`, which delivery owns.
 */
export const keptMails = aging({
  table: 'captured_messages',
  key: { id: 'bigint' },
  at: 'r.created_at',
  holds: `r.campaign_id is null or not exists (select from shipments s
    where s.workspace_id = r.workspace_id and s.campaign_id = r.campaign_id and s.finished_at is null)`,
  forget: 'delete',
})
