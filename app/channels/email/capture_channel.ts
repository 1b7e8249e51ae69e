import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { EmailChannel, OutgoingMail } from './email_channel.ts'

/**
 * The mailbox for whoever has no provider yet: mails end in the Outbox of the web app. The same key never stores
 * twice, as a provider would behave.
 */
export function captureChannel({ workspaceId }: { workspaceId: number }): EmailChannel {
  return {
    kind: 'capture',
    account: 'capture',
    batchSize: 100,
    keyLifeMs: Number.POSITIVE_INFINITY,
    endpoint: null,
    isPaced: false,
    async send(mails, { idempotencyKey }) {
      const ids = mails.map((_, position) => capturedId(idempotencyKey, position))
      await store(workspaceId, mails, ids)
      return { kind: 'accepted', ids }
    },
  }
}

const capturedId = (key: string, position: number) =>
  `captured_${createHash('sha256').update(`${key}:${position}`).digest('hex').slice(0, 32)}`

/** One column of JSON per fact: seven arrays instead of a thousand bindings. */
async function store(workspaceId: number, mails: OutgoingMail[], ids: string[]) {
  const number = (value: string | undefined) => (value && /^\d{1,15}$/.test(value) ? Number(value) : null)
  await db.rawQuery(
    `insert into captured_messages
       (workspace_id, provider_id, from_address, to_address, subject, html, text, headers, tags, campaign_id, contact_id, private)
     select ?, id, "from", "to", subject, html, text, headers::jsonb, tags::jsonb, campaign_id, contact_id, private
     from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::boolean[])
       as mails (id, "from", "to", subject, html, text, headers, tags, campaign_id, contact_id, private)
     on conflict (workspace_id, provider_id) do nothing`,
    [
      workspaceId,
      ids,
      mails.map((mail) => mail.from),
      mails.map((mail) => mail.to),
      mails.map((mail) => mail.subject),
      mails.map((mail) => String(mail.html)),
      mails.map((mail) => String(mail.text)),
      mails.map((mail) => JSON.stringify({ ...mail.headers, ...(mail.replyTo ? { 'Reply-To': mail.replyTo } : {}) })),
      mails.map((mail) => JSON.stringify(mail.tags)),
      mails.map((mail) => number(mail.tags.c)),
      mails.map((mail) => number(mail.tags.m)),
      mails.map((mail) => mail.isPrivate ?? false),
    ] as any[]
  )
}
