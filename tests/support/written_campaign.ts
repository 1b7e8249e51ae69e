import type { ApiClient } from '@japa/api-client'
import { sendAllOf } from '#delivery'
import { audience } from './campaign.ts'
import { letTheWorkerWork } from './worker.ts'

/** A campaign of the bakery that could be sent now, made through the door, with its people. */
export async function campaign(client: ApiClient, changes: Record<string, unknown> = {}, { people = 3 } = {}) {
  const cast = await audience({ people })
  const api = door(client, cast.token)
  const made = await api.post('', {
    name: 'Plums',
    topic_id: String(cast.topic.id),
    audience: { contact_ids: cast.ids.map(String) },
    subject: 'Plums for {{ contact.first_name }}',
    preheader: 'Fresh from the oven',
    content: {
      kind: 'markdown',
      source: 'Hello {{ contact.first_name }}, [order](https://bluedoor.test/order?who={{ contact.email }}).',
    },
    ...changes,
  })
  made.assertStatus(201)
  return { ...cast, api, id: made.body().id as string, made: made.body() }
}

/** Sends it, to its last mail, and lets the worker do what follows. */
export async function sent(story: Awaited<ReturnType<typeof campaign>>) {
  ;(await story.api.post(`/${story.id}/send`)).assertStatus(202)
  await sendAllOf({ workspaceId: story.workspace.id })
  await letTheWorkerWork(story.workspace)
}

/** The campaigns' door for whoever holds this token. */
export function door(client: ApiClient, token: string) {
  const at = (path: string) => `/api/v1/campaigns${path}`
  return {
    get: (path: string, query: Record<string, string> = {}) => client.get(at(path)).qs(query).bearerToken(token),
    post: (path: string, body: object = {}) => client.post(at(path)).bearerToken(token).json(body),
    patch: (path: string, body: object) => client.patch(at(path)).bearerToken(token).json(body),
    delete: (path: string) => client.delete(at(path)).bearerToken(token),
  }
}
