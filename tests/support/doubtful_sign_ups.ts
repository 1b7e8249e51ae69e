import db from '@adonisjs/lucid/services/db'
import { bakeryForm } from './sign_up_form.ts'

type It = Awaited<ReturnType<typeof bakeryForm>>

/** The bakery's form with somebody of whom nobody knows whether they are one. */
export async function withDoubtful(client: any, emails = ['ada@people.test'], more: Record<string, unknown> = {}) {
  const it = await bakeryForm(client, more)
  for (const email of emails) (await it.postByProgram({ email })).assertStatus(200)
  const waiting = (await it.api.get('/quarantine')).body().data
  const judge = (id: string, how: 'approve' | 'reject' | 'reopen', body: object = {}) =>
    it.api.post(`/quarantine/${id}/${how}`, how === 'reject' ? { reason: 'No person', ...body } : body)
  return { ...it, waiting, judge }
}

/** The contacts of its workspace: none as long as it only waits. */
export const contactsOf = ({ workspace }: It) => db.from('contacts').where('workspace_id', workspace.id)

/** Who judged, oldest first. */
export const auditOf = ({ workspace }: It) =>
  db.from('audit_entries').where('workspace_id', workspace.id).whereLike('action', 'sign_up.%').orderBy('id')
