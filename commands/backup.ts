import { resolve } from 'node:path'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** `ace backup PATH`: everything that this installation knows, in one file, while it runs. */
export default class Backup extends BaseCommand {
  static commandName = 'backup'
  static description = 'Write everything that this installation knows into one new file, while it runs'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The file to write; it must not exist yet' })
  declare path: string

  @flags.boolean({ description: 'Answer with one line of JSON' })
  declare json?: boolean

  async run() {
    const { atTerminal, writeBackup } = await import('#backup')
    // npm changes to the directory of the project; people mean theirs
    const path = resolve(process.env.INIT_CWD ?? '.', this.path)
    const { done, exitCode } = await atTerminal((watch) => writeBackup({ path, ...watch }))
    this.exitCode = exitCode
    if (!done) return
    if (this.json) return console.log(JSON.stringify(done))
    const size = `${(done.bytes / 1e6).toFixed(1)} MB`
    this.logger.success(`${done.rows} rows of ${done.tables} tables in ${done.seconds} s: ${path} (${size})`)
    if (done.ledger.breaks > 0) {
      this.logger.warning('Chains of the consent ledger are broken. npm run ace -- consent:verify says which.')
    }
    this.logger.info(
      done.holds_key
        ? 'It holds the key that opens all secrets: keep it as you keep passwords.'
        : 'Keep APP_KEY elsewhere: without it, this backup cannot be restored.'
    )
  }
}
