import { resolve } from 'node:path'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** `ace restore PATH`: a backup comes into an installation that is empty and stands still. The launcher gives it the owner's rights. */
export default class Restore extends BaseCommand {
  static commandName = 'restore'
  static description = 'Bring a backup into an installation that has no workspace yet and does not run'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The file that `backup` wrote' })
  declare path: string

  @flags.boolean({ description: 'Answer with one line of JSON' })
  declare json?: boolean

  async run() {
    const { atTerminal, restoreBackup } = await import('#backup')
    // npm changes to the directory of the project; people mean theirs
    const path = resolve(process.env.INIT_CWD ?? '.', this.path)
    const { done, exitCode } = await atTerminal((watch) => restoreBackup({ path, ...watch }))
    this.exitCode = exitCode
    if (!done) return
    if (this.json) return console.log(JSON.stringify(done))
    this.logger.success(`${done.rows} rows of ${done.tables} tables are back, as they were at ${done.taken_at}.`)
    if (done.ledger.breaks > 0) {
      this.logger.warning('Chains of the consent ledger were broken then. npm run ace -- consent:verify says which.')
    }
    this.logger.info('Start Assent now. What was being sent waits until somebody has looked; everybody signs in anew.')
  }
}
