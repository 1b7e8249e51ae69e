import db from '@adonisjs/lucid/services/db'
import { sendServiceMailOf } from '#delivery'

/** Brings service mail to the Outbox, and gives the newest one with its link to the page of what was asked for by right. */
export async function newestRightsMail(workspace: { id: number }) {
  await sendServiceMailOf({ workspaceId: workspace.id })
  const mails = await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id')
  const theirs = mails.filter(({ html }) => /\/r\/[\w-]+/.test(html))
  const mail = theirs.at(-1)
  return { count: theirs.length, mail, path: mail && (/\/r\/[\w-]+\?lang=\w+/.exec(mail.text)?.[0] as string) }
}
