import db from '@adonisjs/lucid/services/db'
import { tellTeam, theSystem } from '#identity'
import { appUrl } from '#config/app'
import { ProviderAccount } from '../models/provider_account.ts'
import { told } from './keep_provider.ts'
import { SERVICE, wayOutOf } from './ways_out.ts'

interface Mails {
  workspaceId: number
  /** Absent: service mail. */
  topicId?: number
  /** Whom they were handed to. */
  account: string
}

/**
 * The provider does not accept the credentials of the account that these mails were to leave by. Screens say so, once.
 *
 * @returns whether another account steps in, so that the mails can go on
 */
export async function accountIsRefused(
  { workspaceId, topicId = SERVICE, account }: Mails,
  note: string
): Promise<boolean> {
  const refused = await changeStatus({ workspaceId, account, from: 'ok', to: 'refused', note })
  const next = await wayOutOf({ workspaceId, topicId })
  const stepsIn = next !== null && !next.isRefused && next.account !== account
  if (refused && stepsIn) await tell(refused)
  return stepsIn
}

/** Where nobody steps in, the campaign that stops tells of it. */
const tell = ({ id, workspaceId, name, statusNote }: ProviderAccount) =>
  db.transaction((trx) =>
    tellTeam({
      workspaceId,
      key: `provider-refused-${id}-${Date.now()}`,
      subject: `“${name}” does not accept its credentials any more`,
      lead: `Your mails go on by the next provider in your order, but “${name}” refuses them: ${statusNote ?? 'it did not say why.'}`,
      action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/settings/sending` },
      note: 'You get this because you are responsible for this workspace.',
      trx,
    })
  )

/** It accepts them after all: somebody has put it right there. */
export const accountWorks = ({ workspaceId, account }: Mails) =>
  changeStatus({ workspaceId, account, from: 'refused', to: 'ok', note: null })

async function changeStatus({
  workspaceId,
  account: name,
  from,
  to,
  note,
}: Mails & { from: string; to: string; note: string | null }): Promise<ProviderAccount | null> {
  return db.transaction(async (trx) => {
    const account = await ProviderAccount.query({ client: trx })
      .where({ workspace_id: workspaceId, account: name, status: from })
      .whereNotNull('credentials')
      .forUpdate()
      .first()
    if (!account) return null
    await account.merge({ status: to, statusNote: note?.slice(0, 500) ?? null }).save()
    await told(to === 'ok' ? 'provider.accepted' : 'provider.refused', { account, actor: theSystem, trx })
    return account
  })
}
