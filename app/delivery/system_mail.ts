import { outcomeOfOne } from '#channels'
import env from '#start/env'
import { Workspace } from '#identity'
import type { DomainEvent } from '#platform'
import { channelFor, channelFrom } from './providers/channel_for.ts'
import { SERVICE } from './providers/ways_out.ts'
import { mailbox } from './sender/compose_mails.ts'

/**
 * Sends a mail of Assent itself (a confirmation, a reset) at once, through the workspace's channel. The event may come
 * twice; the same key is the same mail. What may pass is thrown, so that the event comes again; what never will is left.
 */
export async function sendRequestedMail({ workspaceId, payload }: DomainEvent): Promise<void> {
  const { to, subject, html, text, key, private: isPrivate = false } = payload
  const { channel, from } = await wayOut(workspaceId, payload.through)
  const sent = await channel.send(
    [
      {
        from,
        to,
        subject,
        html,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        tags: { w: String(workspaceId), k: 'system' },
        isPrivate,
      },
    ],
    { idempotencyKey: `assent-mail-${workspaceId}-${key}`.slice(0, 256) }
  )
  const outcome = outcomeOfOne(sent)
  if (outcome.kind === 'accepted') return
  const isForGood = outcome.kind === 'refused' && ['recipient', 'message', 'bug'].includes(outcome.why)
  // SMTP remembers no keys: a mail whose outcome is unknown is not risked twice.
  const isRisky = outcome.kind === 'unknown' && channel.keyLifeMs === 0
  if (!isForGood && !isRisky) throw new Error(`The mail was not accepted: ${outcome.note}`)
}

/** A mail that a workspace's own account must not see goes by the environment's, under a name that this one may use. */
async function wayOut(workspaceId: number, through: 'workspace' | 'installation' = 'workspace') {
  const own = await channelFor(workspaceId, { topicId: SERVICE })
  const channel = through === 'workspace' ? own : channelFrom({ workspaceId, way: null })
  return { channel, from: await senderOf(channel.account === own.account ? workspaceId : 0) }
}

/** The workspace's own sender, else one at the host that people know us by. */
async function senderOf(workspaceId: number): Promise<string> {
  const workspace = await Workspace.find(workspaceId)
  const email = workspace?.defaultFromEmail ?? `assent@${new URL(env.get('APP_URL')).hostname}`
  return mailbox({ name: workspace?.defaultFromName ?? workspace?.name ?? 'Assent', email })
}
