import { prettyPrintError } from '@adonisjs/core'
import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** `ace worker`: what start/schedule.ts and start/events.ts name, until the process is asked to stop. */
export default class Worker extends BaseCommand {
  static commandName = 'worker'
  static description = 'Send, dispatch, import and keep the clock, until asked to stop'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  async run() {
    const { work } = await import('#platform')
    const { clock, jobs, loops } = await import('#start/schedule')
    const { listeners } = await import('#start/events')
    if (this.app.isTerminating || this.app.isTerminated) return
    const starting = work({ loops, jobs, clock, listeners })
    // Before it has started: its loops run already while its queues are still being opened.
    this.app.terminating(async () => (await starting.catch(() => null))?.stop())
    this.app.listen('SIGINT', () => this.app.terminate())
    try {
      await starting
    } catch (error) {
      await prettyPrintError(error)
      // Its loops may run already, and it would stay half-started: whoever watches over it starts it again
      process.exit(1)
    }
  }
}
