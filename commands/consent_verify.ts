import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Says whether every chain of the consent ledger holds, and where one breaks. Exit code 1 when one does. */
export default class ConsentVerify extends BaseCommand {
  static commandName = 'consent:verify'
  static description = 'Recompute the chains of the consent ledger and say where one breaks'
  static options: CommandOptions = { startApp: true }

  @flags.number({ description: 'Only this workspace' })
  declare workspace?: number

  @flags.boolean({ description: 'One line of JSON' })
  declare json: boolean

  async run() {
    const { verifyLedger, verifySeals } = await import('#consent')
    const of = { workspaceId: this.workspace ?? null }
    const { entries, breaks } = await verifyLedger(of)
    const { seals, breaks: brokenSeals } = await verifySeals(of)
    if (breaks.length + brokenSeals.length > 0) this.exitCode = 1
    if (this.json) {
      this.logger.log(JSON.stringify({ entries, breaks, seals, broken_seals: brokenSeals }))
      return
    }
    for (const { workspace_id: workspace, contact_id: contact, entry_id: entry, why } of breaks) {
      this.logger.error(`workspace ${workspace}, contact ${contact}: ${told[why]}${entry ? ` (entry ${entry})` : ''}`)
    }
    for (const { workspace_id: workspace, no, sealed_at: at, why } of brokenSeals) {
      this.logger.error(`workspace ${workspace}, seal ${no} of ${at}: ${toldOfSeal[why]}`)
    }
    if (this.exitCode === 1) return
    this.logger.success(`${entries} entries, every chain holds; ${seals} seals, unbroken`)
  }
}

const told = {
  altered: 'an entry was altered after it was written',
  unlinked: 'an entry before this one was removed, or this one was slipped in',
  cut: 'the newest entries are missing',
  standing: 'where they stand is not what their entries say',
  wording: 'the wording that this entry names is gone or says something else',
}

const toldOfSeal = {
  differs: 'what it was put on was changed, removed or added to since',
  forged: 'it is not ours (or APP_KEY is another one than then)',
  missing: 'a seal before it is gone',
}
