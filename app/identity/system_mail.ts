import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import edge from 'edge.js'
import app from '@adonisjs/core/services/app'
import { announce } from '#platform'

/**
 * A mail of Assent itself (a reset, an invitation): announced with the change it belongs to; delivery sends it through
 * the workspace's channel. Its link opens something, so the announcement is wiped once it was delivered, and a captured
 * copy is `private`: it does not show in the Outbox, where a colleague could take it.
 */
export async function sendSystemMail({
  workspaceId,
  to,
  key,
  through = 'workspace',
  trx,
  ...content
}: {
  workspaceId: number
  to: string
  /** `installation`: never with a workspace's own key, whose account at the provider shows every mail to whoever chose it. */
  through?: 'workspace' | 'installation'
  /** The same key is the same mail: sent twice, it arrives once. */
  key: string
  subject: string
  lead: string
  action: { label: string; url: string }
  note: string
  trx: TransactionClientContract
}) {
  if (!Object.hasOwn(edge.loader.mounted, 'emails')) edge.mount('emails', app.makePath('resources/emails'))
  const html = await edge.render('emails::system/mail', content)
  const text = [content.subject, content.lead, `${content.action.label}: ${content.action.url}`, content.note].join(
    '\n\n'
  )
  await announce('mail.requested', {
    workspaceId,
    payload: { to, subject: content.subject, html, text, key, through, private: true },
    secret: true,
    trx,
  })
}
