import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import logger from '@adonisjs/core/services/logger'
import { databaseUrl } from '#config/database'

/** What NOTIFY carried; null at first and after a reconnect: from now on it is heard, what was said before may have been missed. */
type Hearer = (payload: string | null) => void

const CHECK_EVERY_MS = 15_000

/**
 * Hears PostgreSQL's NOTIFY on one connection of this process, shared by all who ask. A lost connection comes back by
 * itself. It is a wake-up call, never the truth: whoever hears it looks at the tables, and looks now and then anyway.
 *
 * @returns a function that stops hearing
 */
export function onNotify(channel: string, hear: Hearer): () => Promise<void> {
  return theEar.add(channel, hear)
}

class Ear {
  private hearers = new Map<string, Set<Hearer>>()
  private client: pg.Client | null = null
  private connecting: Promise<void> | null = null
  private checks: NodeJS.Timeout | null = null

  add(channel: string, hear: Hearer) {
    const set = this.hearers.get(channel) ?? new Set()
    this.hearers.set(channel, set.add(hear))
    if (this.client) void this.listen(this.client, channel, hear)
    else this.connecting ??= this.connect()
    return async () => {
      set.delete(hear)
      if (set.size === 0) this.hearers.delete(channel)
      if (this.hearers.size === 0) await this.close()
    }
  }

  private async connect() {
    for (let attempt = 0; this.hearers.size > 0; attempt++) {
      const client = new pg.Client({
        connectionString: databaseUrl,
        keepAlive: true,
        application_name: 'assent listen',
      })
      client.on('notification', ({ channel, payload }) => this.tell(channel, payload ?? ''))
      client.on('error', () => this.lost(client))
      client.on('end', () => this.lost(client))
      try {
        await client.connect()
        for (const channel of this.hearers.keys()) await client.query(`listen "${channel}"`)
        this.client = client
        this.connecting = null
        this.checks = setInterval(() => client.query('select 1').catch(() => this.lost(client)), CHECK_EVERY_MS)
        for (const channel of this.hearers.keys()) this.tell(channel, null)
        return
      } catch (error) {
        logger.warn({ reason: (error as Error).message }, 'listening to the database failed, trying again')
        await client.end().catch(() => {})
        await sleep(Math.min(100 * 2 ** attempt, 5_000))
      }
    }
    this.connecting = null
  }

  private lost(client: pg.Client) {
    if (this.client !== client) return
    this.forget()
    client.end().catch(() => {})
    this.connecting ??= this.connect()
  }

  private async listen(client: pg.Client, channel: string, hear: Hearer) {
    try {
      await client.query(`listen "${channel}"`)
      hear(null)
    } catch {
      this.lost(client)
    }
  }

  private tell(channel: string, payload: string | null) {
    for (const hear of this.hearers.get(channel) ?? []) hear(payload)
  }

  private forget() {
    if (this.checks) clearInterval(this.checks)
    this.checks = null
    this.client = null
  }

  private async close() {
    const client = this.client
    this.forget()
    await client?.end().catch(() => {})
  }
}

const theEar = new Ear()
