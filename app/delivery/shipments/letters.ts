import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** The same letter in further languages, each by its edition; who reads none of them gets the shipment's own. */
export interface Letters {
  letters: Record<string, number>
}

interface Of {
  workspaceId: number
  shipmentId: number
  trx: TransactionClientContract
}

/** The languages beside its own in which somebody of a frozen audience is waiting, or has been written to. */
export async function languagesOf({ workspaceId, shipmentId, trx }: Of): Promise<string[]> {
  const { rows } = await trx.rawQuery(
    `select distinct language from batches where workspace_id = ? and shipment_id = ? and language is not null order by 1`,
    [workspaceId, shipmentId]
  )
  return rows.map(({ language }: { language: string }) => language)
}

/** In the transaction that froze its audience, so that nothing of it leaves before. */
export async function giveLetters({ workspaceId, shipmentId, letters, trx }: Of & Letters) {
  await trx
    .from('shipments')
    .where({ workspace_id: workspaceId, id: shipmentId })
    .update({ letters: JSON.stringify(letters) })
}
