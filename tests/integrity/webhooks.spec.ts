import { test } from '@japa/runner'
import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { sealSecret } from '#app/delivery/providers/secrets'
import { sendAllOf } from '#delivery'
import { audience, connect, freeze } from '#tests/support/campaign'
import { freePort, startServer, until } from '#tests/support/processes'
import { theProvider } from '#tests/support/stand_in'

test.group('A web process killed between keeping an event and acknowledging it', () => {
  test('is told again, and the event counts once', async ({ assert }) => {
    const server = await theProvider({ retryScale: 10 })
    const story = await audience({ people: 1 })
    await connect(story.workspace)
    await freeze(story)
    await sendAllOf({ workspaceId: story.workspace.id })
    const port = await freePort()
    const secret = `whsec_${randomBytes(24).toString('base64')}`
    await db
      .from('provider_accounts')
      .where({ workspace_id: story.workspace.id })
      .update({ webhook_secret: sealSecret('webhook_secret', secret) })
    const { webhook_key: key } = await db.from('provider_accounts').where({ workspace_id: story.workspace.id }).first()
    server.addWebhook({ endpoint: `http://127.0.0.1:${port}/webhooks/resend/${key}`, secret })

    const serve = (env: Record<string, string> = {}) => startServer({ PORT: String(port), HOST: '127.0.0.1', ...env })
    const isUp = async () => (await fetch(`http://127.0.0.1:${port}/health/live`)).ok
    const first = serve({ ASSENT_CRASH_AT: 'webhook_intake' })
    await until('the first is up', isUp)
    server.emit([{ type: 'email.delivered', to: story.emails[0] }])
    assert.equal(await first.ended, 'SIGKILL')
    const events = () => db.from('provider_events').where({ workspace_id: story.workspace.id })
    assert.lengthOf(await events(), 1)
    serve()
    await until('the second is up', isUp)
    await server.flush()
    await until('it is acknowledged', async () => server.stats().webhooks.delivered > 0)
    assert.lengthOf(await events(), 1)
  })
})
