import { sendPasswordReset, type User } from '#identity'
import { dispatchDueEvents } from '#platform'

/** The secrets of the links that were mailed to this person. Plays the worker for the announcements that belong to no workspace yet. */
export async function passwordLinksMailedTo(user: User, workspaceId: number): Promise<string[]> {
  const links: string[] = []
  await dispatchDueEvents({ 'password_reset.requested': [sendPasswordReset] }, { workspaceId: 0 })
  await dispatchDueEvents(
    {
      'mail.requested': [
        async ({ payload }) => {
          if (payload.to === user.email) links.push(payload.text.match(/reset-password\/(\S+)/)[1])
        },
      ],
    },
    { workspaceId }
  )
  return links
}
