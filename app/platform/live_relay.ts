import type { ServerResponse } from 'node:http'
import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { onNotify } from './worker/notifications.ts'

const lines = new Set<ServerResponse>()
const channels = new Set<string>()

/** As long as a browser may take from its first question to its open line (resources/app/shell/live.tsx). */
const MISSED_MS = 60_000

/**
 * What `touch` said anywhere reaches the browsers of this web process. Started by the process that serves HTTP, never
 * by commands: a connection opened there would keep them from ending.
 */
export function relayLive() {
  transmit.on('connect', ({ context }) => keep((context as any).response.response))
  const recently = new Recently()
  transmit.on('subscribe', ({ channel }) => {
    channels.add(channel)
    const invalidate = recently.named(channel)
    if (invalidate.length > 0) transmit.broadcast(channel, { invalidate })
  })
  const stop = onNotify('assent_live', (payload) => {
    if (payload === null) return everythingIsStale()
    const { workspace, invalidate } = JSON.parse(payload)
    const channel = `workspaces/${workspace}`
    recently.note(channel, invalidate)
    transmit.broadcast(channel, { invalidate })
  })
  return {
    stop,
    /** Lets go of the browsers: a line never ends by itself, and the server waits for those that are open. */
    hangUp() {
      for (const line of lines) line.end()
    },
  }
}

/** What was named a moment ago, for those whose line was only being opened then. */
class Recently {
  private keys = new Map<string, Map<string, number>>()

  note(channel: string, names: string[]) {
    this.forget()
    const known = this.keys.get(channel) ?? new Map<string, number>()
    for (const name of names) known.set(name, performance.now())
    this.keys.set(channel, known)
  }

  named(channel: string): string[] {
    this.forget()
    return [...(this.keys.get(channel)?.keys() ?? [])]
  }

  private forget() {
    const end = performance.now() - MISSED_MS
    for (const [channel, known] of this.keys) {
      for (const [name, at] of known) if (at < end) known.delete(name)
      if (known.size === 0) this.keys.delete(channel)
    }
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
