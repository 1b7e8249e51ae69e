import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { touch } from '#platform'
import type { Actor } from '../actor.ts'
import { audit } from '../audit.ts'
import { LastOwner, NotAllowed } from '../errors.ts'
import { Membership } from '../models/membership.ts'
import { Invitation } from '../models/invitation.ts'
import { roleMay, type Role } from '../permissions.ts'

interface ByWhom {
  /** The membership to change, of the same workspace as `by`. */
  member: Membership
  /** The membership of whoever asks: only owners make or unmake owners. */
  by: Membership
  actor: Actor
}

export async function changeRole({ member, by, role, actor }: ByWhom & { role: Role }) {
  await db.transaction(async (trx) => {
    const current = await lockMember(member, trx)
    if (current.role === role) return
    if (role === 'owner') refuseUnlessOwner(by)
    if (current.role === 'owner') {
      refuseUnlessOwner(by)
      await refuseLastOwner(current, trx)
    }
    await current.merge({ role }).save()
    if (!roleMay(role, 'members:write')) await withdrawTheirInvitations(current, trx)
    await audit('member.role_changed', {
      workspaceId: member.workspaceId,
      actor,
      subject: { type: 'user', id: member.userId },
      details: { to: role },
      trx,
    })
    await touch(trx, member.workspaceId, ['members', 'invitations', 'me'])
  })
}

/** Ends a membership, and with it the tokens that were made under it and the invitations that nobody took up yet. */
export async function removeMember({ member, by, actor }: ByWhom) {
  await db.transaction(async (trx) => {
    const current = await lockMember(member, trx)
    if (current.role === 'owner') {
      refuseUnlessOwner(by)
      await refuseLastOwner(current, trx)
    }
    await current.delete()
    await withdrawTheirInvitations(current, trx)
    await audit(member.userId === by.userId ? 'member.left' : 'member.removed', {
      workspaceId: member.workspaceId,
      actor,
      subject: { type: 'user', id: member.userId },
      trx,
    })
    await touch(trx, member.workspaceId, ['members', 'tokens', 'invitations', 'me'])
  })
}

/** All owners are locked in one order, so that two who demote each other wait instead of both succeeding. */
async function lockMember(member: Membership, trx: TransactionClientContract) {
  await trx.rawQuery(
    `select id from memberships where workspace_id = ? and (role = 'owner' or id = ?) order by id for update`,
    [member.workspaceId, member.id]
  )
  return Membership.query({ client: trx }).where('workspace_id', member.workspaceId).findOrFail(member.id)
}

/** Who may not invite any more leaves no open door behind: it would let them in again. */
async function withdrawTheirInvitations({ workspaceId, userId }: Membership, trx: TransactionClientContract) {
  await Invitation.of({ id: workspaceId }, { client: trx })
    .where('invited_by', userId)
    .whereNull('accepted_at')
    .delete()
}

function refuseUnlessOwner(by: Membership) {
  if (by.role !== 'owner') throw new NotAllowed('Only an owner makes or unmakes owners. Ask one of them.')
}

async function refuseLastOwner(member: Membership, trx: TransactionClientContract) {
  const other = await Membership.query({ client: trx })
    .where({ workspace_id: member.workspaceId, role: 'owner' })
    .whereNot('id', member.id)
    .first()
  if (!other) throw new LastOwner('A workspace needs an owner. Make somebody else an owner first.')
}
