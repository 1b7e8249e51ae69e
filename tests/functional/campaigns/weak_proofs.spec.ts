import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { castOfWeakProof, questionsSent } from '#tests/support/asking'
import { type Cast, stands } from '#tests/support/asked_again'

test.group('How well an agreement could be shown', () => {
  test('shows how well each agreement could be shown, and why not', async ({ client, assert }) => {
    const cast = await castOfWeakProof(client)
    const [topic] = (await cast.api.get('/reconfirmations/proofs')).body().data
    assert.containsSubset(topic, { topic_name: 'Weekly specials', strong: 1, fair: 0, weak: 5 })
    const why = Object.fromEntries(topic.weaknesses.map((one: any) => [one.name, one.people]))
    assert.deepEqual(why, { implied: 4, basis_unknown: 1, no_wording: 1 })

    const [ada] = (await stands(cast, cast.people.ada)).state
    assert.deepEqual(ada.proof, { strength: 'strong', weaknesses: [] })
    const [ben] = (await stands(cast, cast.people.ben)).state
    assert.equal(ben.proof.strength, 'weak')
    assert.equal(ben.proof.weaknesses[0].name, 'implied')
    const page = await client
      .get(`/api/v1/contacts/${cast.people.ben}/consents/proof`)
      .bearerToken(cast.token)
      .accept('html')
    assert.include(page.text(), 'the proof is weak')
  })

  test('age is a weakness where the workspace says so, and an import without a time or a place is one', async ({
    client,
    assert,
  }) => {
    const { api, topic, people } = await castOfWeakProof(client)
    await db
      .from('consents')
      .where('contact_id', people.ada)
      .update({ since: new Date('2020-01-01') })
    const weak = async () => (await api.get('/reconfirmations/proofs')).body().data[0].weak
    assert.equal(await weak(), 5)
    ;(await api.patch('/workspace', { proof: { old_after_months: 24 } })).assertBodyContains({
      proof: { old_after_months: 24 },
    })
    assert.equal(await weak(), 6)
    const refused = await api.patch('/workspace', { proof: { old_after_months: 2 } })
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ field: 'proof.old_after_months' }] })
    ;(
      await api.post(`/contacts/${people.ada}/consents`, {
        topic_id: String(topic.id),
        action: 'grant',
        basis: 'consent_express',
        statement: 'Yes.',
        source: 'API',
      })
    ).assertStatus(201)
    const [ada] = (await stands({ api } as Cast, people.ada)).state
    assert.deepEqual(
      ada.proof.weaknesses.map((one: any) => one.name),
      ['no_place']
    )
  })

  test('the invented people of the demo are neither counted nor asked', async ({ client, assert }) => {
    const { api, topic, people, workspace } = await castOfWeakProof(client)
    await db.from('contacts').where({ workspace_id: workspace.id, id: people.dev }).update({ demo: true })
    const [counted] = (await api.get('/reconfirmations/proofs')).body().data
    assert.containsSubset(counted, { strong: 1, weak: 4 })
    assert.equal(counted.weaknesses.find(({ name }: any) => name === 'implied').people, 3)
    const preview = (await api.get(`/reconfirmations/preview?topic_id=${topic.id}`)).body()
    assert.containsSubset(preview, { candidates: 4, mailable: 2 })
    const made = (await api.post('/reconfirmations', { topic_id: String(topic.id), silence: 'keep' })).body()
    ;(await api.post(`/campaigns/${made.campaign_id}/send`)).assertStatus(202)
    assert.sameMembers(
      (await questionsSent(workspace)).map(({ to }) => to),
      ['ben@example.test', 'cara@example.test']
    )
  })

  test('a rule picks people by the strength of their proof', async ({ client, assert }) => {
    const { api, topic, people } = await castOfWeakProof(client)
    const consent = { channel: 'email', topic_id: String(topic.id), status: 'granted' }
    const preview = (proof: unknown) => api.post('/segments/preview', { rule: { consent: { ...consent, proof } } })
    const weak = (await preview('weak')).body()
    assert.equal(weak.count, 5)
    assert.equal(weak.sentence, 'People who agreed to “Weekly specials” with a weak proof.')
    assert.equal((await preview('strong')).body().count, 1)
    assert.equal((await preview('fair')).body().count, 0)
    ;(await preview('good')).assertBodyContains({ errors: [{ field: 'rule.consent.proof' }] })
    const nonsense = { consent: { ...consent, status: 'withdrawn', proof: 'weak' } }
    ;(await api.post('/segments/preview', { rule: nonsense })).assertStatus(422)
    const told = await api.post('/segments/explain', {
      rule: { consent: { ...consent, proof: 'weak' } },
      contact_id: String(people.ada),
    })
    assert.isFalse(told.body().matched)
  })
})
