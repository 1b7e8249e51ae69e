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
    const { verifyLedger } = await import('#consent')
    const { entries, breaks } = await verifyLedger({ workspaceId: this.workspace ?? null })
    if (breaks.length > 0) this.exitCode = 1
    if (this.json) {
      this.logger.log(JSON.stringify({ entries, breaks }))
      return
    }
    for (const { workspace_id: workspace, contact_id: contact, entry_id: entry, why } of breaks) {
      this.logger.error(`workspace ${workspace}, contact ${contact}: ${told[why]}${entry ? ` (entry ${entry})` : ''}`)
    }
    if (breaks.length === 0) this.logger.success(`${entries} entries, every chain holds`)
  }
}

const told = {
  altered: 'an entry was altered after it was written',
  unlinked: 'an entry before this one was removed, or this one was slipped in',
  cut: 'the newest entries are missing',
  standing: 'where they stand is not what their entries say',
  wording: 'the wording that this entry names is gone or says something else',
}
