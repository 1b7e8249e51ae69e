import db from '@adonisjs/lucid/services/db'
import { audit, retentionOf, Workspace, type Actor, type Retention, type RetentionKind } from '#identity'
import { Problem, touch } from '#platform'
import { lookAt } from './look_at_kept.ts'

/** Something that is kept now would be too old at once: whoever changes it is told how much, and says yes. */
export class WouldDelete extends Problem {
  static status = 409
  static code = 'E_WOULD_DELETE'
}

/**
 * Keeps what is kept of people for so many days, by kind. What a shorter time would make too old is counted first, and goes
 * with the next run alone, so that there is a while to take it back.
 *
 * @throws WouldDelete (409) with `would_delete`, unless `confirmed`
 */
export async function changeRetention({
  workspace,
  days,
  confirmed,
  actor,
}: {
  workspace: Workspace
  days: Partial<Retention>
  confirmed: boolean
  actor: Actor
}): Promise<Workspace> {
  const shorter = (Object.keys(days) as RetentionKind[]).filter((kind) => days[kind]! < retentionOf(workspace)[kind])
  if (!confirmed) await refuseUnasked({ workspace, days, shorter })
  return db.transaction(async (trx) => {
    const locked = await Workspace.query({ client: trx }).where('id', workspace.id).forUpdate().firstOrFail()
    const before = retentionOf(locked)
    const changed = (Object.keys(days) as RetentionKind[]).filter((kind) => days[kind] !== before[kind])
    if (changed.length === 0) return locked
    await locked
      .merge({ settings: { ...locked.settings, retention: { ...locked.settings?.retention, ...days } } })
      .save()
    await audit('retention.changed', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'workspace', id: workspace.id },
      details: Object.fromEntries(changed.map((kind) => [kind, { from: before[kind], to: days[kind] }])),
      trx,
    })
    await touch(trx, workspace.id, ['retention', 'workspace'])
    return locked
  })
}

async function refuseUnasked({
  workspace,
  days,
  shorter,
}: {
  workspace: Workspace
  days: Partial<Retention>
  shorter: RetentionKind[]
}) {
  const wouldDelete: { kind: RetentionKind; due: number }[] = []
  for (const kind of shorter) {
    const { due } = await lookAt({ workspaceId: workspace.id, kind, days: days[kind]! })
    if (due > 0) wouldDelete.push({ kind, due })
  }
  if (wouldDelete.length === 0) return
  throw new WouldDelete(
    `The next run would let go of ${wouldDelete.map(({ kind, due }) => `${due} (${kind})`).join(', ')}. Send it again with "confirmed": true.`,
    { field: 'confirmed', would_delete: wouldDelete }
  )
}
