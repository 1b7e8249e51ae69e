import type { ApplicationService } from '@adonisjs/core/types'

/** How long requests in hand may take when the process is asked to stop. */
const DRAIN_MS = 25_000

/** What the process that serves HTTP does beside serving: it beats, it relays live updates, it drains when it stops. */
export default class WebProvider {
  private endings: (() => Promise<void> | void)[] = []

  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getMode() !== 'run' || this.app.getEnvironment() !== 'web') return
    const { beat, relayLive } = await import('#platform')
    const silence = await beat('web')
    const relay = relayLive()
    this.endings = [silence, relay.stop]
    const server = await this.app.container.make('server')
    this.app.terminating(() => {
      relay.hangUp()
      setTimeout(() => server.getNodeServer()?.closeAllConnections(), DRAIN_MS).unref()
    })
  }

  async shutdown() {
    for (const end of this.endings) await end()
    const { closeJobs } = await import('#platform')
    await closeJobs()
  }
}
