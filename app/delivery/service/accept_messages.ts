import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey } from '#consent'
import { Contact, personVars } from '#contacts'
import type { Workspace } from '#identity'
import { announce, Problem } from '#platform'
import { InvalidMessage, MessageKeyReused } from '../errors.ts'
import { environment } from '../providers/environment.ts'
import { Wrongs } from './wrongs.ts'
import { composeServiceMail, type ServiceLetter, type StoredMail } from './compose_service_mail.ts'

export interface MessageRequest extends ServiceLetter {
  to?: string
  contact_id?: number
  /** The same one again is the same mail, for as long as the message is kept. */
  idempotency_key?: string
  /** An answer to what its reader asked for by right: it reaches them although they want no mails. Never a program's choice. */
  isByRight?: boolean
}

export interface Accepted {
  id: string
  status: 'queued'
}

/**
 * Takes service mails to send: all of them or none. Each is made at once, so that what is wrong is told now, and leaves as
 * soon as a worker is free, before any campaign. With `trx` they are part of what the caller writes.
 *
 * @throws InvalidMessages with one item for each that is wrong, and its `index` where there are several
 */
export async function acceptMessages(
  workspace: Workspace,
  requests: MessageRequest[],
  { isList = true, trx }: { isList?: boolean; trx?: TransactionClientContract } = {}
): Promise<Accepted[]> {
  const people = await peopleOf(workspace, requests, trx)
  const before = await thoseBefore(workspace, requests.map(keyOf), trx ?? db.connection())
  const wrong = new Wrongs(isList)
  refuseTwins(requests, wrong)
  // what was accepted before needs nobody to be there still
  const drafts = requests.map((request, no) =>
    wrong.of(no, () => idBefore(request, before) ?? draftOf(workspace, request, people))
  )
  wrong.throw()
  const keep = async (client: TransactionClientContract) => {
    const fresh = drafts.filter((draft) => typeof draft === 'object') as Draft[]
    const places = drafts.flatMap((draft, no) => (typeof draft === 'object' ? [no] : []))
    const ids = fresh.length === 0 ? [] : await store(workspace, fresh, { places, wrong, trx: client })
    return drafts.map((draft) => ({
      id: String(typeof draft === 'number' ? draft : ids.shift()),
      status: 'queued' as const,
    }))
  }
  return trx ? keep(trx) : db.transaction(keep)
}

const keyOf = ({ idempotency_key: key }: MessageRequest) => key ?? null

const hashOf = ({ idempotency_key: _, ...rest }: MessageRequest) =>
  createHash('sha256').update(JSON.stringify(rest)).digest()

/** @throws MessageKeyReused when it was another mail that was accepted with this key */
function idBefore(request: Pick<Draft, 'onceKey' | 'requestHash'> | MessageRequest, before: Before): number | null {
  const [key, hash] =
    'requestHash' in request ? [request.onceKey, request.requestHash] : [keyOf(request), hashOf(request)]
  const first = key === null ? undefined : before.get(key)
  if (!first) return null
  if (first.request_hash.equals(hash)) return Number(first.id)
  throw new MessageKeyReused('This idempotency_key was used for another message. Take a new one for each.', {
    field: 'idempotency_key',
  })
}

type Before = Map<string, { id: number; request_hash: Buffer }>

interface Draft {
  contactId: number | null
  email: string
  hash: Buffer
  mail: StoredMail
  onceKey: string | null
  requestHash: Buffer
  isByRight: boolean
}

function draftOf(workspace: Workspace, request: MessageRequest, people: People): Draft {
  const person = people.personOf(request)
  const email = request.to ?? person?.email
  if (!email) {
    throw new InvalidMessage(person ? 'This contact has no e-mail address.' : 'Say whom it is for: to or contact_id.', {
      field: 'to',
    })
  }
  return {
    contactId: person?.id ?? null,
    email,
    hash: addressHash(workspace.id, addressKeyOf(email, 'to')),
    mail: composeServiceMail(workspace, withGoodAddresses(request), {
      to: email,
      contact: personVars(person ?? {}).contact,
    }),
    onceKey: keyOf(request),
    requestHash: hashOf(request),
    isByRight: request.isByRight ?? false,
  }
}

function withGoodAddresses<T extends MessageRequest>(request: T): T {
  if (request.from) addressKeyOf(request.from.email, 'from.email')
  if (request.reply_to) addressKeyOf(request.reply_to, 'reply_to')
  return request
}

function addressKeyOf(email: string, field: string): string {
  try {
    return addressKey(email)
  } catch (error) {
    if (error instanceof Problem) error.field = field
    throw error
  }
}

/** A row of contacts. */
interface Person {
  id: number
  email: string | null
  email_hash: Buffer
  [column: string]: unknown
}

interface People {
  personOf(request: MessageRequest): Person | null
}

/** The contacts that are named, and those whose address it is: what they get is theirs to see, and to have erased. */
async function peopleOf(
  workspace: Workspace,
  requests: MessageRequest[],
  client?: TransactionClientContract
): Promise<People> {
  const keys = requests.map(({ to }) => hashOrNull(workspace.id, to))
  const ids = requests.flatMap(({ contact_id: id }) => id ?? [])
  const hashes = keys.flatMap((hash) => hash ?? [])
  const rowsOf = async (sql: string, those: unknown[]) =>
    those.length === 0
      ? []
      : Contact.of(workspace, { client })
          .whereNull('deleted_at')
          .whereRaw(sql, [those] as any)
          .pojo<Person>()
  const byId = new Map((await rowsOf('id = any(?::bigint[])', ids)).map((one) => [one.id, one]))
  const known = await rowsOf('email_hash = any(?::bytea[])', hashes)
  const byHash = new Map(known.map((one) => [one.email_hash.toString('hex'), one]))
  return {
    personOf({ contact_id: id, to }) {
      if (id === undefined) return byHash.get(hashOrNull(workspace.id, to)?.toString('hex') ?? '') ?? null
      const person = byId.get(id)
      if (!person) throw new InvalidMessage('There is no such contact.', { field: 'contact_id' })
      return person
    },
  }
}

function hashOrNull(workspaceId: number, email: string | undefined): Buffer | null {
  if (email === undefined) return null
  try {
    return addressHash(workspaceId, addressKey(email))
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

async function store(
  workspace: Workspace,
  drafts: Draft[],
  { places, wrong, trx }: { places: number[]; wrong: Wrongs; trx: TransactionClientContract }
): Promise<number[]> {
  const { rows: numbered } = await trx.rawQuery(
    `select nextval('service_message_ids') as id from generate_series(1, ?)`,
    [drafts.length]
  )
  const ids: number[] = numbered.map(({ id }: any) => Number(id))
  const { rows: stored } = await trx.rawQuery(
    `insert into service_messages (id, workspace_id, contact_id, email, email_hash, subject, mail, once_key, request_hash, by_right)
     select m.id, ?, m.contact_id, m.email, m.email_hash, m.mail->>'subject', m.mail, m.once_key, m.request_hash, m.by_right
     from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bytea[], ?::jsonb[], ?::text[], ?::bytea[], ?::boolean[])
       as m (id, contact_id, email, email_hash, mail, once_key, request_hash, by_right)
     on conflict (workspace_id, once_key) where once_key is not null do nothing
     returning id`,
    [
      workspace.id,
      ids,
      drafts.map(({ contactId }) => contactId),
      drafts.map(({ email }) => email),
      drafts.map(({ hash }) => hash),
      drafts.map(({ mail }) => JSON.stringify(mail)),
      drafts.map(({ onceKey }) => onceKey),
      drafts.map(({ requestHash }) => requestHash),
      drafts.map(({ isByRight }) => isByRight),
    ] as any[]
  )
  const isNew = new Set(stored.map(({ id }: any) => id))
  // somebody accepted them at this moment
  const twins = drafts.filter((_, no) => !isNew.has(ids[no]))
  const before = await thoseBefore(
    workspace,
    twins.map(({ onceKey }) => onceKey),
    trx
  )
  const accepted = drafts.map((draft, no) =>
    wrong.of(places[no], () => (isNew.has(ids[no]) ? ids[no] : idBefore(draft, before)))
  )
  wrong.throw()
  await tellWhoSends(workspace, trx)
  return accepted as number[]
}

async function thoseBefore(
  workspace: Workspace,
  keys: (string | null)[],
  client: QueryClientContract
): Promise<Before> {
  const given = keys.filter((key) => key !== null)
  if (given.length === 0) return new Map()
  const rows = await client
    .from('service_messages')
    .where('workspace_id', workspace.id)
    .whereIn('once_key', given)
    .select('id', 'once_key', 'request_hash')
  return new Map(rows.map((row) => [row.once_key, row]))
}

/** Workers wake; and the environment's provider gets an endpoint for what it tells of this workspace, the first time. */
async function tellWhoSends(workspace: Workspace, trx: TransactionClientContract) {
  await trx.rawQuery(`select pg_notify('assent_delivery', '')`)
  if (!environment().RESEND_API_KEY) return
  const account = await trx.from('provider_accounts').where('workspace_id', workspace.id).first()
  if (!account) await announce('service_mail.first', { workspaceId: workspace.id, payload: {}, trx })
}

function refuseTwins(requests: MessageRequest[], wrong: Wrongs) {
  const seen = new Set<string>()
  requests.forEach(({ idempotency_key: key }, no) =>
    wrong.of(no, () => {
      if (key !== undefined && seen.has(key)) {
        throw new InvalidMessage('Another message of this list has the same idempotency_key.', {
          field: 'idempotency_key',
        })
      }
      if (key !== undefined) seen.add(key)
    })
  )
}
