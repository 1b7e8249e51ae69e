import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { InvalidConsent, NoSuchWording, WordingRevised } from './errors.ts'

/** What people are told when they are asked, in one version. */
export interface Wording {
  id: number
  version: number
  text: string
  /** BCP 47; null: not known. */
  language: string | null
  /** Where people see or hear it. */
  shown: string
  /** `written` here on purpose, or `stated` by whoever recorded consent. */
  origin: 'written' | 'stated'
  actorLabel: string
  createdAt: Date
}

/** A wording as the caller names it: the newest version, unless they say which. */
export interface NamedWording {
  id: number
  version?: number | null
}

type Client = Pick<QueryClientContract, 'rawQuery'>
/** The columns of a `Wording`. */
export const WORDING =
  'id, version, text, language, shown, origin, actor_label as "actorLabel", created_at as "createdAt"'

/**
 * The wording that a caller names, or the one with their statement's very words, which is kept as a wording of its own when
 * there is none yet. `null` when neither is given.
 *
 * @throws NoSuchWording (404), InvalidConsent (422) for a statement that is not what the named wording says
 */
export async function wordingOf({
  workspaceId,
  wording,
  statement,
  language = null,
  shown,
  actor,
  trx,
}: {
  workspaceId: number
  wording?: NamedWording | null
  statement?: string | null
  language?: string | null
  shown: string
  actor: Actor
  trx: TransactionClientContract
}): Promise<Wording | null> {
  if (wording) {
    const named = await namedWording({ workspaceId, wording, client: trx })
    if (statement && statement !== named.text) {
      throw new InvalidConsent('This is not what the wording says. Name the wording or the statement, not both.', {
        field: 'statement',
      })
    }
    return named
  }
  if (!statement) return null
  const find = () => sameWords({ workspaceId, statement, language, trx })
  const known = await find()
  if (known) return known
  await trx.rawQuery(
    `insert into consent_wordings (workspace_id, version, text, language, shown, origin, actor_label)
     values (?, 1, ?, ?, ?, 'stated', ?) on conflict do nothing`,
    [workspaceId, statement, language, shown, actor.label] as any[]
  )
  await touch(trx, workspaceId, ['wordings'])
  return (await find())!
}

/** @throws NoSuchWording (404) */
export async function namedWording({
  workspaceId,
  wording,
  client = db,
}: {
  workspaceId: number
  wording: NamedWording
  client?: Client
}): Promise<Wording> {
  const { rows } = await client.rawQuery(
    `select ${WORDING} from consent_wordings
     where workspace_id = ? and id = ? and (?::int is null or version = ?) order by version desc limit 1`,
    [workspaceId, wording.id, wording.version ?? null, wording.version ?? null] as any[]
  )
  if (rows.length === 0) {
    throw new NoSuchWording('There is no such wording, or not in this version.', { field: 'wording_id' })
  }
  return rows[0]
}

/**
 * Every version of a wording, newest first: a hundred at most, which is more than anybody revises.
 *
 * @throws NoSuchWording (404)
 */
export async function versionsOf({ workspaceId, id }: { workspaceId: number; id: number }): Promise<Wording[]> {
  const { rows } = await db.rawQuery(
    `select ${WORDING} from consent_wordings where workspace_id = ? and id = ? order by version desc limit 100`,
    [workspaceId, id]
  )
  if (rows.length === 0) throw new NoSuchWording('There is no such wording.')
  return rows
}

/** One that was written for it comes before one that was only stated; of several versions the newest. */
async function sameWords({
  workspaceId,
  statement,
  language,
  trx,
}: {
  workspaceId: number
  statement: string
  language: string | null
  trx: TransactionClientContract
}): Promise<Wording | null> {
  const { rows } = await trx.rawQuery(
    `select ${WORDING} from consent_wordings
     where workspace_id = ? and consent_text_digest(text) = consent_text_digest(?)
       and (language = ? or (?::text is null and (language is null or origin = 'written')))
     order by origin = 'written' desc, id, version desc limit 1`,
    [workspaceId, statement, language, language] as any[]
  )
  return rows[0] ?? null
}

/** A new wording in its first version. */
export async function keepWording({
  workspaceId,
  text,
  language,
  shown,
  actor,
  trx,
}: Written & { language: string }): Promise<Wording> {
  const { rows } = await trx.rawQuery(
    `insert into consent_wordings (workspace_id, version, text, language, shown, origin, actor_label)
     values (?, 1, ?, ?, ?, 'written', ?) returning ${WORDING}`,
    [workspaceId, text, language, shown, actor.label]
  )
  await tell('wording.created', { workspaceId, wording: rows[0], actor, trx })
  return rows[0]
}

/**
 * The next version of a wording. What people agreed to stays as it was: the ledger names the version they saw. Saying the
 * same again changes nothing.
 *
 * @param version the one that is revised; 409 when it is not the newest any more
 * @throws NoSuchWording (404), WordingRevised (409)
 */
export async function reviseWording({
  workspaceId,
  id,
  version = null,
  text,
  shown,
  actor,
  trx,
}: Omit<Written, 'shown'> & { id: number; version?: number | null; shown?: string }): Promise<Wording> {
  const newest = await namedWording({ workspaceId, wording: { id }, client: trx })
  if (version !== null && version !== newest.version) throw revisedMeanwhile()
  const where = shown ?? newest.shown
  if (newest.text === text && newest.shown === where) return newest
  const { rows } = await trx.rawQuery(
    `insert into consent_wordings (workspace_id, id, version, text, language, shown, origin, actor_label)
     values (?, ?, ?, ?, ?, ?, 'written', ?) on conflict do nothing returning ${WORDING}`,
    [workspaceId, id, newest.version + 1, text, newest.language, where, actor.label] as any[]
  )
  if (rows.length === 0) throw revisedMeanwhile()
  await tell('wording.revised', { workspaceId, wording: rows[0], actor, trx })
  return rows[0]
}

interface Written {
  workspaceId: number
  text: string
  shown: string
  actor: Actor
  trx: TransactionClientContract
}

const revisedMeanwhile = () =>
  new WordingRevised('Somebody revised this wording meanwhile. Reload it and look at the newest version.', {
    field: 'version',
  })

async function tell(
  action: string,
  { workspaceId, wording, actor, trx }: Pick<Written, 'workspaceId' | 'actor' | 'trx'> & { wording: Wording }
) {
  await audit(action, {
    workspaceId,
    actor,
    subject: { type: 'wording', id: wording.id },
    details: { version: wording.version },
    trx,
  })
  await touch(trx, workspaceId, ['wordings', `wordings/${wording.id}`])
}
