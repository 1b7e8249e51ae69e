import { test } from '@japa/runner'
import { campaign } from '#tests/support/written_campaign'

const rule = { all: [{ field: 'email', op: 'is_set' }] }

test.group('A segment that a campaign needs', () => {
  test('cannot be deleted while the campaign is not sent, and the answer names it', async ({ client, assert }) => {
    const { api, id, token } = await campaign(client)
    for (const [i, key] of ['segment_ids', 'exclude_segment_ids'].entries()) {
      const made = await client
        .post('/api/v1/segments')
        .bearerToken(token)
        .json({ name: `Everyone ${i}`, rule })
      const segment = made.body().id
      ;(await api.patch(`/${id}`, { audience: { [key]: [segment] } })).assertStatus(200)
      const refused = await client.delete(`/api/v1/segments/${segment}`).bearerToken(token)
      refused.assertStatus(409)
      assert.deepEqual(refused.body().errors[0].uses, [{ kind: 'campaign', id, name: 'Plums' }])
      ;(await api.patch(`/${id}`, { audience: {} })).assertStatus(200)
      ;(await client.delete(`/api/v1/segments/${segment}`).bearerToken(token)).assertStatus(204)
    }
  })
})
