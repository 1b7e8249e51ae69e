import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#identity'
import { NothingIsOn } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { lockProviders, replaceCredentials, told } from './keep_provider.ts'
import type { Credentials } from './kinds.ts'
import { openCredentials } from './secrets.ts'

export interface ProviderChange {
  name?: string
  is_fallback?: boolean
  status?: 'ok' | 'off'
  /** Its new place in the order, from 1. */
  position?: number
  /** Only those that change; the others stay as they are. */
  credentials?: Credentials
}

/**
 * @throws NothingIsOn when none would be left that may send, and what `replaceCredentials` throws
 */
export async function changeProvider({
  account,
  change: { credentials, position, ...facts },
  actor,
}: {
  account: ProviderAccount
  change: ProviderChange
  actor: Actor
}): Promise<ProviderAccount> {
  if (credentials) {
    await replaceCredentials({
      account,
      credentials: { ...openCredentials(account.credentials!), ...credentials },
      actor,
    })
  }
  const { workspaceId, id } = account
  await db.transaction(async (trx) => {
    const those = (await lockProviders(workspaceId, trx)).filter((one) => one.isOwn)
    const changed = those.find((one) => one.id === id)
    if (!changed) return
    if (facts.status === 'off') refuseTheLast(those.filter((one) => one.id !== id))
    const { is_fallback: isFallback, name, status } = facts
    changed.merge({
      ...(name === undefined ? {} : { name }),
      ...(isFallback === undefined ? {} : { isFallback }),
      ...(status === undefined ? {} : { status, statusNote: null }),
    })
    if (position !== undefined) place(those, changed, position)
    for (const one of those) await one.useTransaction(trx).save()
    const done = Object.keys({ ...facts, ...(position === undefined ? {} : { position }) })
    if (done.length > 0) await told('provider.changed', { account: changed, actor, details: { changed: done }, trx })
  })
  return ProviderAccount.own({ id: workspaceId }).findOrFail(id)
}

/** While a workspace has accounts, one of them is on: nothing would leave, and nobody would see why. */
export function refuseTheLast(others: ProviderAccount[]) {
  if (others.every((one) => one.status === 'off')) {
    throw new NothingIsOn('No other provider is switched on, so nothing could leave. Switch another one on first.', {
      field: 'status',
    })
  }
}

function place(those: ProviderAccount[], moved: ProviderAccount, position: number) {
  const order = those.filter((one) => one !== moved)
  order.splice(position - 1, 0, moved)
  order.forEach((one, no) => one.merge({ position: no + 1 }))
}
