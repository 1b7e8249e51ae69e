import { type Actor } from '#identity'
import { Problem } from '#platform'
import { NoProvider } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { addProvider, replaceCredentials } from './keep_provider.ts'
import { removeProvider } from './remove_provider.ts'

/** The account that `/providers/resend` is about: the first of this kind. */
export const resendOf = (workspaceId: number) =>
  ProviderAccount.own({ id: workspaceId }).where('kind', 'resend').first()

/**
 * Gives a workspace a key of its own at Resend, in place of the one it had. Connecting again repairs whatever is missing.
 *
 * @throws KeyRefused when Resend does not know the key, ProviderUnreachable when nobody answers
 */
export async function connectResend({
  workspaceId,
  apiKey,
  actor,
}: {
  workspaceId: number
  apiKey: string
  actor: Actor
}): Promise<ProviderAccount> {
  const credentials = { api_key: apiKey }
  const account = await resendOf(workspaceId)
  try {
    return account
      ? await replaceCredentials({ account, credentials, actor })
      : await addProvider({ workspaceId, kind: 'resend', credentials, actor })
  } catch (error) {
    if (error instanceof Problem && error.field) error.field = 'api_key'
    throw error
  }
}

/** Forgets it again. */
export async function disconnectResend({ workspaceId, actor }: { workspaceId: number; actor: Actor }): Promise<void> {
  const account = await resendOf(workspaceId)
  if (!account) throw new NoProvider('This workspace has no key of its own.')
  await removeProvider({ account, actor })
}
