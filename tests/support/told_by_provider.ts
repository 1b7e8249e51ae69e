import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { applyEvents, sendAllOf } from '#delivery'
import { openSecret } from '#app/delivery/providers/secrets'
import { audience, freeze } from './campaign.ts'
import { theProvider } from './stand_in.ts'

/** A campaign that was sent through a stand-in whose webhooks lead to our door. */
export async function sent({
  client,
  people = 4,
  ...options
}: {
  client: any
  people?: number
  [option: string]: unknown
}) {
  const server = await theProvider(options)
  const story = await audience({ people })
  const connected = await client
    .put('/api/v1/providers/resend')
    .bearerToken(story.token)
    .json({ api_key: `re_${randomUUID()}` })
  connected.assertStatus(200)
  const frozen = await freeze(story)
  await sendAllOf({ workspaceId: story.workspace.id })
  const account = await db.from('provider_accounts').where({ workspace_id: story.workspace.id }).first()
  const webhook = new Webhook(openSecret('webhook_secret', account.webhook_secret))
  return {
    ...story,
    ...frozen,
    server,
    account,
    apply: () => applyEvents({ workspaceId: story.workspace.id }),
    events: () => db.from('provider_events').where({ workspace_id: story.workspace.id }).orderBy('id'),
    message: (no: number) =>
      db.from('messages').where({ workspace_id: story.workspace.id, contact_id: story.ids[no] }).first(),
    /** Lets it happen at the provider, brings it to our door and works it out. */
    async happen(events: Record<string, unknown>[]) {
      server.emit(events as any)
      await server.flush()
      await applyEvents({ workspaceId: story.workspace.id })
    },
    /** Posts bytes of our own to the door, signed as the provider would. */
    post(
      body: string | object,
      {
        id = `msg_${randomUUID()}`,
        at = new Date(),
        key = account.webhook_key,
        signature,
      }: { id?: string; at?: Date; key?: string; signature?: string } = {}
    ) {
      const payload = typeof body === 'string' ? body : JSON.stringify(body)
      return fetch(`${appUrl}/webhooks/resend/${key}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'svix-id': id,
          'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'svix-signature': signature ?? webhook.sign(id, at, payload),
        },
        body: payload,
      })
    },
  }
}

export type Story = Awaited<ReturnType<typeof sent>>

/** An event of the provider about one of its people, as it would post it. */
export const told = (story: Story, no: number, type: string, more: Record<string, unknown> = {}, at = new Date()) => ({
  type,
  created_at: at.toISOString(),
  data: {
    email_id: 'unknown',
    to: [story.emails[no]],
    tags: { w: String(story.workspace.id), c: String(story.campaignId), m: String(story.ids[no]) },
    ...more,
  },
})
