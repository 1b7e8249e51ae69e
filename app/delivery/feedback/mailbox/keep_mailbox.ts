import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { MailboxChanged, MailboxIncomplete } from '../../errors.ts'
import { BounceMailbox } from '../../models/bounce_mailbox.ts'
import { sealSecret } from '../../providers/secrets.ts'
import type { MailboxPlace } from './imap.ts'
import { dropGrant, keepGrant, type NewGrant } from './oauth/grant.ts'
import { tryMailbox, tryOwnMailbox } from './try_mailbox.ts'

export interface MailboxSettings extends MailboxPlace {
  /** Where reports come to: the return path of what is sent by SMTP. */
  address: string
  afterReading: 'keep' | 'seen' | 'move'
  moveTo: string | null
}

/** How it is opened from now on; neither: as it is stored. */
type NewLogin = { password?: string; grant?: undefined } | { password?: undefined; grant: NewGrant }

interface Kept {
  workspaceId: number
  settings: MailboxSettings
  login: NewLogin
  actor: Actor
}

/**
 * The mailbox that a workspace's bounces come to: tried first, its secrets kept encrypted. What lies in it already is not
 * read, unless it was this mailbox before.
 *
 * @throws MailboxIncomplete, MailboxRefused (each names the field), MailboxUnreachable
 */
export async function keepMailbox({ workspaceId, settings, login, actor }: Kept): Promise<BounceMailbox> {
  const before = await BounceMailbox.of({ id: workspaceId }).first()
  refuseIncomplete(settings)
  const { address, host, port, security, user, folder, afterReading } = settings
  const moveTo = afterReading === 'move' ? settings.moveTo : null
  const { uidValidity, uidNext } = await opened()
  const goesOn =
    before && isSameDoor(before, settings) && before.folder === folder && Number(before.uidValidity) === uidValidity
  const facts = {
    ...{ address, host, port, security, folder, afterReading, moveTo, uidValidity },
    username: user,
    password: sealedPassword(),
    lastUid: goesOn ? before.lastUid : uidNext - 1,
    checkedAt: DateTime.now(),
    nextCheckAt: DateTime.now(),
    failures: 0,
    lastError: null,
    leaseUntil: null,
  }
  return db.transaction(async (trx) => {
    if (!login.grant && login.password === undefined) await refuseChanged(before!, trx)
    const mailbox = await BounceMailbox.updateOrCreate({ workspaceId }, facts as any, { client: trx })
    if (login.grant) await keepGrant(workspaceId, login.grant, trx)
    else if (mailbox.password !== null) await dropGrant(workspaceId, trx)
    await audit('bounce_mailbox.connected', {
      workspaceId,
      actor,
      subject: { type: 'bounce_mailbox' },
      details: { host, port, security, folder, ...(login.grant ? { signed_in_at: login.grant.app.kind } : {}) },
      trx,
    })
    await touch(trx, workspaceId, ['bounceMailbox'])
    return mailbox
  })

  /** What is stored goes to the server and the user that it was given for, and nowhere else. */
  function opened() {
    if (login.grant) return tryMailbox({ ...settings, accessToken: login.grant.tokens.accessToken }, moveTo)
    if (login.password !== undefined) return tryMailbox({ ...settings, password: login.password }, moveTo)
    if (before && isSameDoor(before, settings)) return tryOwnMailbox(before, { folder, moveTo })
    throw new MailboxIncomplete('Give the password: the stored one belongs to another server or user.', {
      field: 'password',
    })
  }

  function sealedPassword() {
    if (login.grant) return null
    return login.password === undefined ? before!.password : sealSecret('mailbox_password', login.password)
  }
}

async function refuseChanged({ id, workspaceId, updatedAt }: BounceMailbox, trx: TransactionClientContract) {
  const same = await trx
    .from('bounce_mailboxes')
    .where({ workspace_id: workspaceId, id, updated_at: updatedAt!.toJSDate() })
    .forUpdate()
    .first()
  if (!same) throw new MailboxChanged('Somebody else has changed the mailbox meanwhile. Look at it, and try again.')
}

/** @throws MailboxIncomplete */
export function refuseIncomplete({ afterReading, moveTo }: MailboxSettings) {
  if (afterReading !== 'move' || moveTo) return
  throw new MailboxIncomplete('Name the folder that read mails are moved to.', { field: 'move_to' })
}

const isSameDoor = (before: BounceMailbox, { host, port, security, user }: MailboxSettings) =>
  before.host === host && before.port === port && before.security === security && before.username === user

/** Reports are read no more, and mails go out under the sender's own address again. Asked twice, it does nothing. */
export async function removeMailbox({ workspaceId, actor }: Pick<Kept, 'workspaceId' | 'actor'>): Promise<void> {
  await db.transaction(async (trx) => {
    const [removed] = await BounceMailbox.of({ id: workspaceId }).useTransaction(trx).delete()
    if (Number(removed) === 0) return
    await audit('bounce_mailbox.removed', { workspaceId, actor, subject: { type: 'bounce_mailbox' }, trx })
    await touch(trx, workspaceId, ['bounceMailbox'])
  })
}
