import { plantTopic } from './consent.ts'
import { bakery } from './workspace.ts'

/** What a person said, as a hand or a program writes it down. */
export const yes = {
  channel: 'email',
  action: 'grant',
  basis: 'consent_express',
  statement: 'Yes, write to me about the weekly specials.',
  source: 'paper list, autumn fair 2026',
}

/** A bakery with a topic and Ada, and the doors to what she agreed to. */
export async function ada(client: any, email: string | null = 'ada@example.com') {
  const { workspace, token } = await bakery()
  const topic = await plantTopic(workspace)
  const person = email === null ? { first_name: 'Ada' } : { email }
  const { id } = (await client.post('/api/v1/contacts').bearerToken(token).json(person)).body()
  const at = `/api/v1/contacts/${id}/consents`
  return {
    workspace,
    token,
    topic,
    id,
    at,
    say: (more: object = {}) =>
      client
        .post(at)
        .bearerToken(token)
        .json({ ...yes, topic_id: String(topic.id), ...more }),
    check: async () =>
      (
        await client
          .post('/api/v1/consents/check')
          .bearerToken(token)
          .json({ contact_id: id, channel: 'email', topic_id: String(topic.id) })
      ).body(),
    consents: async () => (await client.get(at).bearerToken(token)).body(),
  }
}
