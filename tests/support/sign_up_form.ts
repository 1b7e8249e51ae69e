import db from '@adonisjs/lucid/services/db'
import { sendServiceMailOf } from '#delivery'
import { signToken } from '#platform'
import { plantTopic } from './consent.ts'
import { bakery } from './workspace.ts'

export const WORDING = 'Yes, I want these mails from the Blue Door Bakery. I can end them at any time.'

/** What a browser says of itself when it posts a form of a page that sends no referrer. */
export const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'en-GB,en;q=0.7',
  'origin': 'null',
}

/** The stamp of a page that was opened so many seconds ago. */
export const seenBefore = ({
  workspace,
  form,
  seconds,
}: {
  workspace: { id: number }
  form: { id: string; version: number }
  seconds: number
}) => signToken('form', [workspace.id, Number(form.id), form.version, Math.floor(Date.now() / 1_000) - seconds])

/** The bakery's form for two topics; its confirmations land in the Outbox. */
export async function bakeryForm(client: any, more: Record<string, unknown> = {}) {
  // all tests post from one address of the network: what earlier ones posted is forgiven
  await db.from('rate_limits').whereILike('key', '%sign_ups:%').delete()
  const { workspace, token, user } = await bakery()
  const specials = await plantTopic(workspace, 'Weekly specials')
  const hours = await plantTopic(workspace, 'Opening hours')
  const api = {
    get: (path: string) => client.get(`/api/v1${path}`).bearerToken(token),
    post: (path: string, body: object = {}) => client.post(`/api/v1${path}`).bearerToken(token).json(body),
    patch: (path: string, body: object) => client.patch(`/api/v1${path}`).bearerToken(token).json(body),
    delete: (path: string) => client.delete(`/api/v1${path}`).bearerToken(token),
  }
  const made = await api.post('/forms', {
    name: 'Newsletter',
    topic_ids: [String(specials.id), String(hours.id)],
    wording: WORDING,
    ...more,
  })
  if (made.status() !== 201) throw new Error(JSON.stringify(made.body()))
  const form = made.body()
  const path = `/f/${form.slug}`
  return {
    workspace,
    token,
    user,
    api,
    form,
    path,
    specials,
    hours,
    /** As the page's own button posts it. */
    post: async (fields: Record<string, string | string[]>) => {
      const stamp = seenBefore({ workspace, form, seconds: 10 })
      return client
        .post(path)
        .redirects(0)
        .headers(browser)
        .form({ stamp, topics: [String(specials.id), String(hours.id)], ...fields })
    },
    /** As a program posts that says what it is: doubtful, but by little. */
    postByProgram: (fields: Record<string, unknown>) =>
      client
        .post(path)
        .header('user-agent', 'curl/8.9.1')
        .json({ topics: [String(specials.id), String(hours.id)], ...fields }),
    submissions: () => db.from('form_submissions').where('workspace_id', workspace.id).orderBy('id'),
    ledger: () => db.from('consent_entries').where('workspace_id', workspace.id).orderBy('id'),
    /** The confirmation mails that have arrived, oldest first, each with the path of its link. */
    mails: async () => {
      await sendServiceMailOf({ workspaceId: workspace.id })
      const mails = await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id')
      return mails.map((mail) => ({
        ...mail,
        link: mail.html?.match(/href="[^"]*(\/confirm\/[\w-]+)"/)?.[1] as string,
      }))
    },
  }
}
