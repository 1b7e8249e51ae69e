import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { MailboxIncomplete } from '../../errors.ts'
import { BounceMailbox } from '../../models/bounce_mailbox.ts'
import { sealSecret } from '../../providers/secrets.ts'
import type { MailboxPlace } from './imap.ts'
import { tryMailbox } from './try_mailbox.ts'

export interface MailboxSettings extends Omit<MailboxPlace, 'password'> {
  /** Where reports come to: the return path of what is sent by SMTP. */
  address: string
  /** Missing: the stored one. */
  password?: string
  afterReading: 'keep' | 'seen' | 'move'
  moveTo: string | null
}

interface Kept {
  workspaceId: number
  settings: MailboxSettings
  actor: Actor
}

/**
 * The mailbox that a workspace's bounces come to: tried first, its password kept encrypted. What lies in it already is not
 * read, unless it was this mailbox before.
 *
 * @throws MailboxIncomplete, MailboxRefused (each names the field), MailboxUnreachable
 */
export async function keepMailbox({ workspaceId, settings, actor }: Kept): Promise<BounceMailbox> {
  const before = await BounceMailbox.of({ id: workspaceId }).first()
  refuseIncomplete(settings, before)
  const { address, host, port, security, user, folder, afterReading } = settings
  const password = settings.password ?? before!.place.password
  const moveTo = afterReading === 'move' ? settings.moveTo : null
  const { uidValidity, uidNext } = await tryMailbox({ host, port, security, user, password, folder }, moveTo)
  const goesOn =
    before && isSameDoor(before, settings) && before.folder === folder && Number(before.uidValidity) === uidValidity
  const facts = {
    ...{ address, host, port, security, folder, afterReading, moveTo, uidValidity },
    username: user,
    password: sealSecret('mailbox_password', password),
    lastUid: goesOn ? before.lastUid : uidNext - 1,
    checkedAt: DateTime.now(),
    nextCheckAt: DateTime.now(),
    failures: 0,
    lastError: null,
    leaseUntil: null,
  }
  return db.transaction(async (trx) => {
    const mailbox = await BounceMailbox.updateOrCreate({ workspaceId }, facts as any, { client: trx })
    await audit('bounce_mailbox.connected', {
      workspaceId,
      actor,
      subject: { type: 'bounce_mailbox' },
      details: { host, port, security, folder },
      trx,
    })
    await touch(trx, workspaceId, ['bounceMailbox'])
    return mailbox
  })
}

/** A stored password goes to the server and the user that it was given for, and nowhere else. */
function refuseIncomplete(settings: MailboxSettings, before: BounceMailbox | null) {
  if (settings.password === undefined && !(before && isSameDoor(before, settings))) {
    throw new MailboxIncomplete('Give the password: the stored one belongs to another server or user.', {
      field: 'password',
    })
  }
  if (settings.afterReading === 'move' && !settings.moveTo) {
    throw new MailboxIncomplete('Name the folder that read mails are moved to.', { field: 'move_to' })
  }
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
