import { getActiveTestOrFail } from '@japa/runner'
import { startStandIn as start } from '../stand_in/server.js'

export interface ChaosRule {
  match?: { path?: string; method?: string }
  times?: number
  probability?: number
  seed?: number
  effect: string
  status?: number
  name?: string
  message?: string
  ms?: number
  accept?: boolean
}

/** The stand-in's control, as tests/stand_in/README.md tells it. */
export interface StandIn {
  url: string
  close(): Promise<void>
  reset(): Promise<void>
  chaos(rules?: ChaosRule[]): void
  set(options: Record<string, unknown>): void
  advance(ms: number): void
  mails(filter?: { to?: string; tags?: Record<string, string>; limit?: number }): Promise<any[]>
  ledger(tag: string, value?: string): Record<string, number>
  stats(): {
    accepted: number
    requests: number
    calls: number
    replays: number
    conflicts: number
    duplicates: number
    [more: string]: any
  }
  emit(events: Record<string, unknown>[]): void
  flush(): Promise<void>
  pauseWebhooks(isPaused?: boolean): void
  addWebhook(wish: { endpoint: string; secret?: string }): { id: string; signing_secret: string }
}

/** A stand-in of Resend for the running test, without limits where none are asked for. */
export async function standIn(options: Record<string, unknown> = {}): Promise<StandIn> {
  const server = await start({ rps: 0, events: 'manual', eventDelay: 1, retryScale: 0.001, ...options })
  getActiveTestOrFail().cleanup(() => server.close())
  return server
}
