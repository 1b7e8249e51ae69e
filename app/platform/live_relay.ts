import type { ServerResponse } from 'node:http'
import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { onNotify } from './worker/notifications.ts'

const lines = new Set<ServerResponse>()
const channels = new Set<string>()

/**
 * What `touch` said anywhere reaches the browsers of this web process. Started by the process that serves HTTP, never
 * by commands: a connection opened there would keep them from ending.
 */
export function relayLive() {
  transmit.on('connect', ({ context }) => keep((context as any).response.response))
  transmit.on('subscribe', ({ channel }) => void channels.add(channel))
  const stop = onNotify('assent_live', (payload) => {
    if (payload === null) return everythingIsStale()
    const { workspace, invalidate } = JSON.parse(payload)
    transmit.broadcast(`workspaces/${workspace}`, { invalidate })
  })
  return {
    stop,
    /** Lets go of the browsers: a line never ends by itself, and the server waits for those that are open. */
    hangUp() {
      for (const line of lines) line.end()
    },
  }
}

function keep(line: ServerResponse) {
  lines.add(line)
  line.once('close', () => lines.delete(line))
}

/** After the database was away: something may have been missed, so each feature is asked again. */
function everythingIsStale() {
  const names = Object.values(router.toJSON()).flatMap((routes) => routes.map(({ name }) => name?.split('.')[0]))
  const invalidate = [...new Set(names)].filter((name) => name !== undefined)
  for (const channel of channels) transmit.broadcast(channel, { invalidate })
}
