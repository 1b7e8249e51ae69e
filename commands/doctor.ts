import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

const SIGNS = { ok: '✔', warn: '!', bad: '✘' }

/** `ace doctor`: what is well, what is not, and what to do about it. Ends with 1 when something keeps Assent from working. */
export default class Doctor extends BaseCommand {
  static commandName = 'doctor'
  static description = 'Look for what keeps this installation from working, and say what to do'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Answer with one line of JSON' })
  declare json?: boolean

  async run() {
    const { examine } = await import('#platform')
    const findings = await examine()
    if (this.json) console.log(JSON.stringify({ findings }))
    else {
      for (const { what, level, note, fix } of findings) {
        console.log(`${SIGNS[level]} ${what.padEnd(11)} ${note}`)
        if (fix) console.log(`  ${' '.repeat(11)} → ${fix}`)
      }
    }
    this.exitCode = findings.some(({ level }) => level === 'bad') ? 1 : 0
  }
}
