import db from '@adonisjs/lucid/services/db'
import { applyEvents, sendServiceMailOf } from '#delivery'
import { connect } from './campaign.ts'
import { theProvider } from './stand_in.ts'
import { bakery } from './workspace.ts'

/** The receipt that the bakery's shop sends to Ada. */
export const RECEIPT = {
  to: 'ada@people.test',
  subject: 'Your order {{ data.order }}',
  content: {
    kind: 'markdown' as const,
    source: 'Thank you for **{{ data.order }}**. [See it](https://bluedoor.test/orders).',
  },
  data: { order: 'B-12' },
}

/** A bakery whose service mail leaves by a stand-in of Resend. */
export async function shop({ client, ...options }: { client: any; [option: string]: unknown }) {
  const server = await theProvider(options)
  const { workspace, token } = await bakery()
  const { account } = await connect(workspace)
  const post = (path: string, body: object) => client.post(`/api/v1${path}`).bearerToken(token).json(body)
  return {
    server,
    workspace,
    token,
    account,
    ask: (body: object = {}) => post('/messages', { ...RECEIPT, ...body }),
    askMany: (messages: object[]) => post('/messages/batch', { messages }),
    send: () => sendServiceMailOf({ workspaceId: workspace.id }),
    look: async (id: string) => (await client.get(`/api/v1/messages/${id}`).bearerToken(token)).body(),
    rows: () => db.from('service_messages').where({ workspace_id: workspace.id }).orderBy('id'),
    /** Leases, waits and pauses are over. */
    async letTimePass() {
      const of = { workspace_id: workspace.id }
      await db
        .from('service_messages')
        .where(of)
        .update({ not_before: new Date(0) })
      await db
        .from('service_messages')
        .where(of)
        .whereNotNull('lease_until')
        .update({ lease_until: new Date(0) })
      await db
        .from('rate_budgets')
        .where({ account })
        .update({ paused_until: null, quota_until: null, window_ends_at: new Date(0) })
    },
    /** It happens at the provider, and we hear of it. */
    async happen(
      type: string,
      { id, providerId, ...data }: { id: string; providerId: string; [fact: string]: unknown }
    ) {
      await db.table('provider_events').insert({
        workspace_id: workspace.id,
        event_id: `${type}-${id}`,
        type,
        body: JSON.stringify({ data: { email_id: providerId, tags: { w: String(workspace.id), s: id }, ...data } }),
        occurred_at: new Date(),
      })
      await applyEvents({ workspaceId: workspace.id })
    },
  }
}
