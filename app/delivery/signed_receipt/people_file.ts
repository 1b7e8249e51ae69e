import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { receipt } from '../accounting/receipt.ts'
import { receiptLines } from '../accounting/receipt_csv.ts'

export interface Wanted {
  workspace: { id: number; name: string }
  campaign: { id: number; name: string }
}

/** The list of everybody as it leaves, and what was counted meanwhile in the same snapshot. */
export class PeopleFile {
  readonly hash = createHash('sha256')
  rows = -1
  bytes = 0
  account: Awaited<ReturnType<typeof receipt>> = null

  constructor(private wanted: Wanted) {}

  /** Whoever stops reading ends the transaction. */
  async *lines() {
    const { workspace, campaign } = this.wanted
    const trx = await db.transaction()
    try {
      await trx.rawQuery('set transaction isolation level repeatable read, read only')
      this.account = await receipt({ workspaceId: workspace.id, campaignId: campaign.id }, trx)
      for await (const page of receiptLines(await shipmentIn(trx, this.wanted), trx)) {
        const bytes = Buffer.from(page)
        this.hash.update(bytes)
        this.bytes += bytes.length
        this.rows += linesIn(page)
        yield bytes
      }
    } finally {
      await trx.rollback()
    }
  }
}

const shipmentIn = (trx: TransactionClientContract, { workspace, campaign }: Wanted) =>
  trx.from('shipments').where({ workspace_id: workspace.id, campaign_id: campaign.id }).firstOrFail()

/** A line ends with CR LF; a note may hold a lone one, or a whole end of line within quotes. */
function linesIn(page: string): number {
  let [lines, isQuoted] = [0, false]
  for (let at = 0; at < page.length; at++) {
    const code = page.charCodeAt(at)
    if (code === 34) isQuoted = !isQuoted
    else if (code === 10 && !isQuoted) lines++
  }
  return lines
}
