import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { enqueue, Problem, touch } from '#platform'
import { ProviderKnown, TooManyProviders } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { FIRST_GUESS } from '../sender/rate_budget.ts'
import { credentialsOf, kindOf, type Credentials, type KindName, type Tried } from './kinds.ts'
import { sealCredentials } from './secrets.ts'
import { removeWebhook, registerWebhook } from './webhook_at_provider.ts'

/** More than anybody needs, few enough to choose from for each batch. */
const MOST = 20

interface New {
  workspaceId: number
  kind: KindName
  name?: string
  credentials: Credentials
  isFallback?: boolean
  actor: Actor
}

/**
 * One more account by which a workspace's mail may leave: tried first, kept encrypted, last in the order, and the provider
 * asked to tell us what becomes of mails.
 *
 * @throws CredentialsIncomplete, KeyRefused (each names the field), ProviderUnreachable, ProviderKnown, TooManyProviders
 */
export async function addProvider(wanted: New): Promise<ProviderAccount> {
  const kind = kindOf(wanted.kind)
  const credentials = credentialsOf(kind, wanted.credentials)
  const tried = await tryOut(wanted.kind, credentials)
  const id = await db.transaction((trx) => store(wanted, { credentials, tried, trx }))
  return registerWebhook(await ProviderAccount.of({ id: wanted.workspaceId }).findOrFail(id))
}

/** Others of these may have changed meanwhile; so what is read here is read again under the lock. */
async function store(
  { workspaceId, kind, name, isFallback = false, actor }: New,
  { credentials, tried, trx }: { credentials: Credentials; tried: Tried; trx: TransactionClientContract }
): Promise<number> {
  const those = await lockProviders(workspaceId, trx)
  const own = those.filter((one) => one.credentials !== null)
  if (own.length >= MOST) throw new TooManyProviders(`A workspace has at most ${MOST} providers. Remove one first.`)
  const facts = factsOf(kind, credentials)
  refuseKnown(own, facts.account)
  // The environment's key had an endpoint for what its provider tells: it goes on under the new key.
  const before = kind === 'resend' ? those.find((one) => one.credentials === null) : undefined
  const fields = {
    ...facts,
    name: name ?? kindOf(kind).label,
    position: Math.max(0, ...own.map((one) => one.position)) + 1,
    isFallback,
  }
  const account = before
    ? await changed(before, fields, trx)
    : await ProviderAccount.create({ workspaceId, kind, webhookKey: newWebhookKey(), ...fields } as any, {
        client: trx,
      })
  await openBudget(facts.account, tried, trx)
  await told('provider.connected', { account, actor, trx })
  await readItsList(workspaceId, trx)
  return account.id
}

/**
 * Other credentials for an account: tried first. What was sealed under the old ones and is in doubt stays so, unless
 * they lead to the same account.
 */
export async function replaceCredentials({
  account: { workspaceId, id, kind: name },
  credentials,
  actor,
}: {
  account: ProviderAccount
  credentials: Credentials
  actor: Actor
}): Promise<ProviderAccount> {
  const kind = name as KindName
  const complete = credentialsOf(kindOf(kind), credentials)
  const tried = await tryOut(kind, complete)
  const facts = factsOf(kind, complete)
  const before = await ProviderAccount.of({ id: workspaceId }).findOrFail(id)
  if (before.account !== facts.account) await removeWebhook(before)
  await db.transaction(async (trx) => {
    const those = await lockProviders(workspaceId, trx)
    refuseKnown(
      those.filter((one) => one.credentials !== null && one.id !== id),
      facts.account
    )
    const account = those.find((one) => one.id === id) ?? (await ProviderAccount.of({ id: workspaceId }).findOrFail(id))
    await changed(account, facts, trx)
    await openBudget(facts.account, tried, trx)
    await told('provider.connected', { account, actor, trx })
    await readItsList(workspaceId, trx)
  })
  return registerWebhook(await ProviderAccount.of({ id: workspaceId }).findOrFail(id))
}

/** Whom it does not deliver to is taken over at once, not only by the hour. */
const readItsList = (workspaceId: number, trx: TransactionClientContract) =>
  enqueue('providers.mirror_lists', { workspaceId }, { trx })

/** Asks the provider; what is wrong is told by the field of the request. */
async function tryOut(kind: KindName, credentials: Credentials): Promise<Tried> {
  try {
    return await kindOf(kind).tryOut(credentials)
  } catch (error) {
    if (error instanceof Problem && error.field) error.field = `credentials.${error.field}`
    throw error
  }
}

function factsOf(name: KindName, credentials: Credentials) {
  const kind = kindOf(name)
  return {
    credentials: sealCredentials(credentials),
    hint: kind.hint(credentials),
    settings: kind.settings(credentials),
    account: kind.account(credentials),
    status: 'ok',
    statusNote: null,
  }
}

/** Another account knows nothing of our webhook, and has a list of its own. */
const UNKNOWN_THERE = {
  webhookId: null,
  webhookSecret: null,
  webhookUrl: null,
  listReadAt: null,
  listReadingSince: null,
  listAfter: null,
  listNote: null,
}

function changed(
  account: ProviderAccount,
  facts: Record<string, unknown> & { account: string },
  trx: TransactionClientContract
) {
  const isOther = account.account !== facts.account
  return account
    .useTransaction(trx)
    .merge({ ...facts, ...(isOther ? UNKNOWN_THERE : {}) } as any)
    .save()
}

function refuseKnown(others: ProviderAccount[], account: string) {
  const known = others.find((one) => one.account === account)
  if (known) throw new ProviderKnown(`This account is connected already, as “${known.name}”.`, { id: String(known.id) })
}

/** All of a workspace, held until the transaction ends: what is added or changed meanwhile waits. */
export async function lockProviders(workspaceId: number, trx: TransactionClientContract): Promise<ProviderAccount[]> {
  await trx.rawQuery('select 1 from workspaces where id = ? for no key update', [workspaceId])
  return ProviderAccount.query({ client: trx }).where('workspace_id', workspaceId).orderBy('position').orderBy('id')
}

/** How fast it may be called, to begin with. Whoever connects it says that it works: it is not paused any more. */
async function openBudget(account: string, { perSecond }: Tried, trx: TransactionClientContract) {
  await trx.rawQuery(
    `insert into rate_budgets as r (account, per_second, remaining) values (?, ?, ?)
     on conflict (account) do update set
       per_second = coalesce(?::int, r.per_second),
       paused_until = null, pause_reason = null, quota_until = null, quota_note = null, failures = 0`,
    [account, perSecond ?? FIRST_GUESS, perSecond ?? FIRST_GUESS, perSecond] as any[]
  )
}

export async function told(
  action: string,
  {
    account,
    actor,
    details,
    trx,
  }: { account: ProviderAccount; actor: Actor; details?: Record<string, unknown>; trx: TransactionClientContract }
) {
  const { workspaceId, kind, name } = account
  await audit(action, {
    workspaceId,
    actor,
    subject: { type: 'provider', id: account.id },
    details: { kind, name, ...details },
    trx,
  })
  await touch(trx, workspaceId, ['providers'])
}

export const newWebhookKey = () => randomBytes(18).toString('base64url')
