import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey, InvalidAddress, suppress, type SuppressionReason } from '#consent'
import { theSystem } from '#identity'
import type { StoredEvent } from './event_meaning.ts'

/** A bounce puts itself on the list for its own reason, if it is one that is the address's: the provider's list also takes blocks. */
const REASONS: Record<string, SuppressionReason> = { complaint: 'complaint', recipient: 'unsubscribed_all' }

/**
 * What the provider will not deliver to any more, we do not try. Only with a key of the workspace's own: the
 * environment's key serves many workspaces, and one's bounce is none of another's business.
 */
export async function mirrorSuppression(
  { workspaceId, body }: StoredEvent,
  trx: TransactionClientContract
): Promise<string> {
  const own = await trx
    .from('provider_accounts')
    .where({ workspace_id: workspaceId, kind: body.data?.provider === 'postmark' ? 'postmark' : 'resend' })
    .whereNotNull('credentials')
    .first()
  if (!own) return 'ignored'
  const hash = hashOf(workspaceId, String(body.data?.email ?? ''))
  if (!hash) return 'ignored'
  await suppress({
    workspaceId,
    addresses: [{ hash, address: body.data.email }],
    reason: REASONS[body.data?.origin] ?? 'provider',
    note: "It was put on the provider's suppression list.",
    source: 'provider',
    actor: theSystem,
    trx,
  })
  return 'applied'
}

function hashOf(workspaceId: number, email: string): Buffer | null {
  try {
    return addressHash(workspaceId, addressKey(email))
  } catch (error) {
    if (error instanceof InvalidAddress) return null
    throw error
  }
}
