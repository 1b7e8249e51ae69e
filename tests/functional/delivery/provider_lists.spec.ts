import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Browser } from '#tests/support/browser'
import { setEnvironment } from '#tests/support/environment'
import { postmarkStandIn } from '#tests/support/postmark_stand_in'
import { sesStandIn } from '#tests/support/ses_stand_in'
import { theProvider } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

const eve = 'eve@example.org'
let accounts = 0

/** A bakery whose mail leaves by several providers, and an admin at a browser. */
async function office(client: any, { deniesList = false, apiKey = `re_lists_${++accounts}` } = {}) {
  const resend = await theProvider()
  const ses = await sesStandIn({ deniesList })
  const postmark = await postmarkStandIn()
  setEnvironment({ SES_BASE_URL: ses.url, POSTMARK_BASE_URL: postmark.url, ALLOW_PRIVATE_ADDRESSES: 'true' })
  const { workspace, token, user } = await bakery()
  for (const [kind, credentials] of Object.entries({
    resend: { api_key: apiKey },
    ses: {
      access_key_id: `AKIALISTS0000000${++accounts}0`,
      secret_access_key: 'a secret of the bakery, forty characters',
      region: 'eu-west-1',
    },
    postmark: { server_token: `lists-token-${++accounts}` },
  })) {
    const added = await client.post('/api/v1/providers').bearerToken(token).json({ kind, credentials })
    added.assertStatus(201)
  }
  const browser = await Browser.signedIn(user)
  browser.workspaceId = workspace.id
  const takeOff = (address = eve) =>
    browser.ask('DELETE', '/api/v1/provider-suppressions', { address, reason: 'her mailbox works again' })
  return { resend, ses, postmark, workspace, token, takeOff }
}

const outcomes = ({ body }: any) => body.data.map(({ outcome }: any) => outcome)

test.group('The lists of providers', () => {
  test('let an address go when a person says so; each provider says what it did', async ({ client, assert }) => {
    const { resend, ses, postmark, workspace, takeOff } = await office(client)
    resend.world.suppressions.add(eve, 'bounce')
    ses.suppressed.add(eve)
    for (const stream of ['broadcast', 'outbound'])
      postmark.suppressed.push({ stream, email: eve, reason: 'HardBounce' })
    const answer = await takeOff('Eve@Example.org')
    assert.equal(answer.status, 200)
    assert.deepEqual(outcomes(answer), ['removed', 'removed', 'removed'])
    assert.isFalse(resend.world.suppressions.has(eve))
    assert.equal(ses.suppressed.size, 0)
    assert.isEmpty(postmark.suppressed)
    assert.deepEqual(outcomes(await takeOff()), ['not_listed', 'not_listed', 'removed'], 'Postmark does not tell')
    const audited = await db
      .from('audit_entries')
      .where({ workspace_id: workspace.id, action: 'address.taken_off_provider_lists' })
    assert.lengthOf(audited, 2)
    assert.equal(audited[0].actor_kind, 'user')
    assert.notMatch(JSON.stringify(audited), /eve@/i)
  })

  test('what a provider does not let us do is said', async ({ client, assert }) => {
    const { postmark, takeOff } = await office(client, { deniesList: true, apiKey: 're_restricted_lists' })
    postmark.suppressed.push({ stream: 'broadcast', email: eve, reason: 'SpamComplaint' })
    const answer = await takeOff()
    assert.deepEqual(outcomes(answer), ['failed', 'failed', 'failed'])
    const [resend, ses, byPostmark] = answer.body.data.map(({ note }: any) => note)
    assert.match(resend, /may only send/)
    assert.match(ses, /ses:DeleteSuppressedDestination/)
    assert.match(byPostmark, /^Postmark says: You do not have the required authority/)
    await postmark.close()
    const unheard = (await takeOff()).body.data.at(-1)
    assert.equal(unheard.outcome, 'failed')
  })

  test('are for people, after the address may receive here; the installation’s own is left alone', async ({
    client,
    assert,
  }) => {
    const { resend, token, workspace, takeOff } = await office(client)
    const program = await client
      .delete('/api/v1/provider-suppressions')
      .bearerToken(token)
      .json({ address: eve, reason: 'a program' })
    program.assertStatus(403)
    assert.equal(program.body().errors[0].code, 'E_NEEDS_A_PERSON')
    await client.post('/api/v1/suppressions').bearerToken(token).json({ address: eve })
    const early = await takeOff()
    assert.deepEqual([early.status, early.body.errors[0].code], [409, 'E_STILL_SUPPRESSED'])
    await db.from('suppressions').where('workspace_id', workspace.id).delete()
    assert.equal((await takeOff('nonsense')).body.errors[0].code, 'E_INVALID_ADDRESS')

    await db.from('provider_accounts').where('workspace_id', workspace.id).delete()
    setEnvironment({ RESEND_API_KEY: `re_shared_${++accounts}` })
    resend.world.suppressions.add(eve, 'bounce')
    const [shared] = (await takeOff()).body.data
    assert.deepInclude(shared, { provider_id: null, outcome: 'failed' })
    assert.isTrue(resend.world.suppressions.has(eve))
  })
})
