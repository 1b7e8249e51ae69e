import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import { appUrl } from '#config/app'
import type { Actor } from '../actor.ts'
import { createAccount } from '../accounts/create_account.ts'
import { emailKey } from '../accounts/email_key.ts'
import { hashOfSecret, oneTimeSecret } from '../accounts/one_time_secret.ts'
import { audit } from '../audit.ts'
import { AccountExists, AlreadyMember, LinkNotValid } from '../errors.ts'
import { Invitation } from '../models/invitation.ts'
import { Membership } from '../models/membership.ts'
import { User } from '../models/user.ts'
import { Workspace } from '../models/workspace.ts'
import { sendSystemMail } from '../system_mail.ts'

const VALID_DAYS = 7

/**
 * Asks somebody to join: by mail, and with another link to pass on by hand, which is shown this once. Who comes by the
 * mailed one has shown that the address is theirs. Asking the same address again replaces the first invitation.
 */
export async function invite({
  workspace,
  email,
  role,
  by,
  actor,
}: {
  workspace: Workspace
  /** Whose word it is, by themselves or by a token of theirs: it holds as long as theirs does. */
  by: Membership
  email: string
  role: 'admin' | 'editor' | 'viewer'
  actor: Actor
}): Promise<{ invitation: Invitation; link: string }> {
  const key = emailKey(email)
  await refuseMember(workspace, key)
  const [shown, mailed] = [oneTimeSecret(), oneTimeSecret()]
  const invitation = await db.transaction(async (trx) => {
    await Invitation.of(workspace, { client: trx })
      .whereNull('accepted_at')
      .whereRaw('lower(email) = ?', [key])
      .delete()
    const made = await Invitation.create(
      {
        workspaceId: workspace.id,
        email: email.trim(),
        role,
        tokenHash: shown.hash,
        mailedTokenHash: mailed.hash,
        invitedBy: by.userId,
        invitedByToken: actor.kind === 'token' ? actor.id : null,
        expiresAt: DateTime.now().plus({ days: VALID_DAYS }),
      },
      { client: trx }
    )
    await mail({ invitation: made, workspace, link: linkOf(mailed), actor, trx })
    await audit('member.invited', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'invitation', id: made.id },
      details: { role },
      trx,
    })
    await touch(trx, workspace.id, ['invitations'])
    return made
  })
  return { invitation, link: linkOf(shown) }
}

const linkOf = ({ secret }: { secret: string }) => `${appUrl}/invitation/${secret}`

function mail({
  invitation,
  workspace,
  link,
  actor,
  trx,
}: {
  invitation: Invitation
  workspace: Workspace
  link: string
  actor: Actor
  trx: TransactionClientContract
}) {
  return sendSystemMail({
    workspaceId: workspace.id,
    to: invitation.email,
    key: `invitation-${workspace.id}-${invitation.id}`,
    subject: `Join ${workspace.name} on Assent`,
    lead: `${actor.label} invites you to work with ${workspace.name} as ${invitation.role}.`,
    action: { label: 'Accept the invitation', url: link },
    note: `The link works once and for ${VALID_DAYS} days. If you did not expect it, do nothing.`,
    trx,
  })
}

async function refuseMember(workspace: Workspace, key: string) {
  const member = await Membership.query()
    .where('workspace_id', workspace.id)
    .whereHas('user', (user) => user.where('email_key', key))
    .first()
  if (member) throw new AlreadyMember('This person is a member already. Change their role instead.', { field: 'email' })
}

/** The open invitation behind a link, with its workspace. */
export async function readInvitation(secret: string) {
  const hash = hashOfSecret(secret)
  const invitation = await Invitation.query()
    .where((either) => either.where('token_hash', hash).orWhere('mailed_token_hash', hash))
    .whereNull('accepted_at')
    .where('expires_at', '>', new Date())
    .first()
  if (!invitation) {
    throw new LinkNotValid('This invitation was used, withdrawn or is older than seven days. Ask for a new one.')
  }
  const workspace = await Workspace.findOrFail(invitation.workspaceId)
  const account = await User.findBy('emailKey', emailKey(invitation.email))
  return { invitation, workspace, hasAccount: account !== null, isMailed: invitation.mailedTokenHash === hash }
}

/**
 * Joins, as the account that is signed in or as a new one with the invited address. Whoever holds the link may use it
 * once; the audit names both, and whether the link came by mail.
 */
export async function acceptInvitation({
  secret,
  user,
  account,
  from,
}: {
  secret: string
  user: User | null
  account?: { fullName: string; password: string }
  from: Pick<Actor, 'ip' | 'userAgent' | 'requestId'>
}): Promise<{ user: User; workspace: Workspace }> {
  const { invitation, workspace, hasAccount, isMailed } = await readInvitation(secret)
  if (!user && (hasAccount || !account)) {
    throw new AccountExists('There is an account with this address. Sign in first, then open the link again.')
  }
  return db.transaction(async (trx) => {
    const used = await trx
      .from('invitations')
      .where({ workspace_id: workspace.id, id: invitation.id })
      .whereNull('accepted_at')
      .update({ accepted_at: new Date() })
    if (Number(used) === 0) throw new LinkNotValid('This invitation was used meanwhile.')
    const joiner = user ?? (await createAccount({ email: invitation.email, ...account!, trx }))
    await join({ workspace, user: joiner, role: invitation.role, trx })
    await audit('member.joined', {
      workspaceId: workspace.id,
      actor: { kind: 'user', id: joiner.id, label: joiner.fullName ?? joiner.email, ...from },
      subject: { type: 'user', id: joiner.id },
      details: {
        role: invitation.role,
        invitation_id: invitation.id,
        invited_by: invitation.invitedBy,
        // a link that was passed on by hand proves no address
        link: isMailed ? 'mailed' : 'passed_on',
      },
      trx,
    })
    await touch(trx, workspace.id, ['invitations', 'members'])
    return { user: joiner, workspace }
  })
}

async function join({
  workspace,
  user,
  role,
  trx,
}: {
  workspace: Workspace
  user: User
  role: string
  trx: TransactionClientContract
}) {
  const member = await Membership.query({ client: trx }).where({ workspace_id: workspace.id, user_id: user.id }).first()
  if (member) throw new AlreadyMember('You are a member of this workspace already.')
  await Membership.create({ workspaceId: workspace.id, userId: user.id, role }, { client: trx })
}
