import db from '@adonisjs/lucid/services/db'
import { addressHash, suppress, type Basis } from '#consent'
import { sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { plantPeople, plantTopic, record } from './consent.ts'
import { bakery } from './workspace.ts'

/**
 * The bakery's people and how each agreed: Ada by a confirmed form, Ben, Cara and Dev by buying something (implied), Eve nobody knows
 * how, Finn by buying, and his address is suppressed.
 */
export async function castOfWeakProof(client: any) {
  const { workspace, token, user } = await bakery()
  const topic = await plantTopic(workspace)
  const names = ['ada', 'ben', 'cara', 'dev', 'eve', 'finn'] as const
  const ids = await plantPeople(
    workspace,
    names.map((name) => `${name}@example.test`)
  )
  const people = Object.fromEntries(names.map((name, at) => [name, ids[at]])) as Record<(typeof names)[number], number>
  const agrees = (who: number[], basis: Basis, more: object = {}) =>
    record(workspace, topic, who, { basis, occurredAt: null, ...more })
  await agrees([people.ada], 'consent_double_opt_in', { sourceKind: 'form', source: 'Newsletter', ip: '192.0.2.7' })
  await agrees([people.ben, people.cara, people.dev, people.finn], 'soft_opt_in_customer')
  await agrees([people.eve], 'unknown')
  await db.transaction((trx) =>
    suppress({
      workspaceId: workspace.id,
      addresses: [{ hash: addressHash(workspace.id, 'finn@example.test') }],
      reason: 'manual',
      source: 'test',
      actor: theSystem,
      trx,
    })
  )
  const api = {
    get: (path: string) => client.get(`/api/v1${path}`).bearerToken(token),
    post: (path: string, body: object = {}) => client.post(`/api/v1${path}`).bearerToken(token).json(body),
    patch: (path: string, body: object) => client.patch(`/api/v1${path}`).bearerToken(token).json(body),
    delete: (path: string) => client.delete(`/api/v1${path}`).bearerToken(token),
  }
  return { workspace, token, user, topic, people, api }
}

/** The mails in the Outbox, oldest first, each with the path behind its button. */
export async function questionsSent(workspace: { id: number }) {
  await sendAllOf({ workspaceId: workspace.id })
  const mails = await db.from('captured_messages').where({ workspace_id: workspace.id, private: false }).orderBy('id')
  return mails.map((mail) => ({
    to: mail.to_address as string,
    subject: mail.subject as string,
    html: mail.html as string,
    text: mail.text as string,
    link: /href="[^"]*(\/k\/[\w-]+)"/.exec(mail.html)?.[1] as string,
  }))
}

/** As if the question had been asked twenty days ago, and its time were over now. */
export async function timeIsOver(reconfirmationId: string | number) {
  await db.rawQuery(
    `update reconfirmations set opened_at = now() - interval '20 days', answers_until = now() - interval '1 hour' where id = ?`,
    [reconfirmationId]
  )
  await db.rawQuery(
    `update reconfirmation_people set chosen_at = now() - interval '20 days' where reconfirmation_id = ?`,
    [reconfirmationId]
  )
  await db.rawQuery(
    `update consents k set since = now() - interval '30 days' from reconfirmation_people a
     where a.reconfirmation_id = ? and a.state = 'chosen' and k.workspace_id = a.workspace_id and k.contact_id = a.contact_id`,
    [reconfirmationId]
  )
  await db.rawQuery(
    `update messages m set accepted_at = now() - interval '19 days' from reconfirmations r
     where r.id = ? and m.workspace_id = r.workspace_id and m.campaign_id = r.campaign_id and m.accepted_at is not null`,
    [reconfirmationId]
  )
}
