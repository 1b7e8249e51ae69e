import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { Shipment } from '#app/delivery/models/shipment'
import { connect } from '#tests/support/campaign'
import { forgetKeys, reading } from '#tests/support/in_doubt'
import { theProvider } from '#tests/support/stand_in'
import { campaign } from '#tests/support/written_campaign'

/** A campaign to two people that the provider took, while its answer was lost for longer than the key lives. */
async function inDoubt(client: ApiClient) {
  const server = await theProvider()
  const made = await campaign(client, {}, { people: 2 })
  const { id, api, workspace } = made
  await connect(workspace)
  ;(await api.post(`/${id}/send`)).assertBodyContains({ status: 'sending' })
  const workspaceId = workspace.id
  await db
    .from('shipments')
    .where({ workspace_id: workspaceId })
    .update({ not_before: new Date(0), released: null })
  server.chaos([{ effect: 'drop_after_accept', times: 1 }])
  await sendAllOf({ workspaceId })
  await forgetKeys(await Shipment.of({ id: workspaceId }).firstOrFail())
  const list = reading(workspaceId)
  await list.hearAll()
  return { ...made, workspaceId, list }
}

test.group('A campaign with people in doubt', () => {
  test('has no problems any more once the last of them was found in the provider’s list', async ({
    client,
    assert,
  }) => {
    const { id, api, list } = await inDoubt(client)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent_with_problems', progress: { unconfirmed: 2 } })
    await list.letListBeDue()
    await list.readOn()
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { accepted: 2, unconfirmed: 0 } })
    const { data } = (await api.get(`/${id}/messages`)).body()
    assert.include(
      data[0].history.map(({ what }: { what: string }) => what),
      'found_in_list'
    )
    assert.match((await api.get(`/${id}/receipt.csv`)).text(), /,found_in_list_at\r\n(.*,\d{4}-[^,]+Z\r\n){2}$/)
  })

  test('keeps its problems while one of them is not there', async ({ client }) => {
    const { id, api, emails, workspaceId, list } = await inDoubt(client)
    await db
      .from('messages')
      .where({ workspace_id: workspaceId, email: emails[1] })
      .update({ email: 'nobody@people.test' })
    await list.letListBeDue()
    await list.readOn()
    const campaignNow = await api.get(`/${id}`)
    campaignNow.assertBodyContains({ status: 'sent_with_problems', progress: { accepted: 1, unconfirmed: 1 } })
    ;(await api.get(`/${id}/receipt`)).assertBodyContains({ unconfirmed: { reasons: { not_in_providers_list: 1 } } })
  })

  test('whom somebody called unsent is not sent it again once the list has it', async ({ client }) => {
    const { id, api, list } = await inDoubt(client)
    const decided = await api.post(`/${id}/unconfirmed`, { outcome: 'not_sent', note: 'It did not look like it.' })
    decided.assertBodyContains({ progress: { failed: 2, unconfirmed: 0 } })
    await list.letListBeDue()
    await list.readOn()
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { accepted: 2, failed: 0 } })
    ;(await api.post(`/${id}/retry`)).assertStatus(409)
  })
})
