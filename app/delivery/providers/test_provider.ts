import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { outcomeOfOne } from '#channels'
import type { Actor, Workspace } from '#identity'
import { Problem } from '#platform'
import { type ProviderAccount } from '../models/provider_account.ts'
import { mailbox } from '../sender/compose_mails.ts'
import { channelFrom } from './channel_for.ts'
import { told } from './keep_provider.ts'
import { kindOf } from './kinds.ts'
import { openCredentials } from './secrets.ts'

export interface ProviderTest {
  ok: boolean
  /** What is wrong, or what should be known though it works. */
  note: string | null
  sent_to: string | null
}

/**
 * A real try, by this account and no other: whether its credentials are good; and, when asked to, a mail to who asks.
 * One that was refused before and is good now may send again.
 */
export async function testProvider({
  workspace,
  account,
  to,
  actor,
}: {
  workspace: Workspace
  account: ProviderAccount
  /** Whom to send a mail; null: nobody. */
  to: string | null
  actor: Actor
}): Promise<ProviderTest> {
  const result = (await knock(account)) ?? { ok: true, note: null }
  const note = result.ok && to ? await mailTo(to, { workspace, account }) : null
  const outcome = note === null ? { ...result, sent_to: result.ok ? to : null } : { ok: false, note, sent_to: null }
  await db.transaction(async (trx) => {
    if (result.ok && account.status === 'refused') {
      await trx
        .from('provider_accounts')
        .where({ workspace_id: workspace.id, id: account.id, status: 'refused' })
        .update({ status: 'ok', status_note: null })
    }
    await told('provider.tested', { account, actor, details: { ok: outcome.ok }, trx })
  })
  return outcome
}

async function knock(account: ProviderAccount): Promise<{ ok: boolean; note: string | null }> {
  try {
    const { note } = await kindOf(account.kind).tryOut(openCredentials(account.credentials!))
    return { ok: true, note }
  } catch (error) {
    if (error instanceof Problem) return { ok: false, note: error.message }
    throw error
  }
}

/** What went wrong, or null. */
async function mailTo(to: string, { workspace, account }: { workspace: Workspace; account: ProviderAccount }) {
  const email = workspace.defaultFromEmail
  if (!email) return 'Set a sender in Settings → Workspace first: nobody would know whom this mail is from.'
  const channel = channelFrom({ workspaceId: workspace.id, way: account })
  const text = `This mail left Assent by “${account.name}”. Nothing else was sent.`
  const sent = await channel.send(
    [
      {
        from: mailbox({ name: workspace.defaultFromName ?? workspace.name, email }),
        to,
        subject: `A test of ${account.name}`,
        html: `<p>${text.replace(/[<>&]/g, '')}</p>`,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        tags: { w: String(workspace.id), k: 'test' },
      },
    ],
    { idempotencyKey: `assent-try-${randomUUID()}` }
  )
  const outcome = outcomeOfOne(sent)
  return outcome.kind === 'accepted' ? null : outcome.note
}
