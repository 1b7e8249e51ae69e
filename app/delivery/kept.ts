import { aging } from '#platform'

/** With which address and values each mail of an ended campaign was filled: with the edition, what it said. */
export const keptMergeValues = aging({
  table: 'batches',
  key: { id: 'bigint' },
  at: 'r.finished_at',
  holds: `r.state not in ('queued', 'leased', 'sealed') and r.finished_at is not null and jsonb_path_exists(r.sealed, '$[*].merge')
    and exists (select from shipments s where s.workspace_id = r.workspace_id and s.id = r.shipment_id and s.finished_at is not null)`,
  forget: {
    set: `sealed = (select jsonb_agg(person - 'email' - 'merge' order by no)
      from jsonb_array_elements(r.sealed) with ordinality as people (person, no))`,
  },
})

/** Service mail of which it is known what became of it. */
export const keptServiceMail = aging({
  table: 'service_messages',
  key: { id: 'bigint' },
  at: 'r.state_at',
  holds: `r.state not in ('queued', 'sealed')`,
  forget: 'delete',
})

/** What providers wrote of mails. That it was heard stays, so that it is not heard twice. */
export const keptEvents = aging({
  table: 'provider_events',
  key: { id: 'bigint' },
  at: 'r.received_at',
  holds: `r.applied_at is not null and r.body <> '{}'`,
  forget: { set: `body = '{}'` },
})

/** What servers wrote when a mail came back: here, and beside the mail itself. That and why it came back stays. */
export const keptBounceWords = aging({
  table: 'bounces',
  key: { id: 'bigint' },
  at: 'r.created_at',
  holds: 'r.words is not null',
  forget: { set: 'words = null' },
  carry: ['campaign_id', 'contact_id'],
  also: [
    `update messages m set note = split_part(m.note, ' · ', 1)
     from due join shipments s on s.workspace_id = due.workspace_id and s.campaign_id = due.campaign_id
     where m.workspace_id = due.workspace_id and m.month = s.month and m.campaign_id = due.campaign_id
       and m.contact_id = due.contact_id and (m.reason like 'bounce\\_%' or m.reason like 'refused\\_%')`,
  ],
})
