import { getActiveTestOrFail } from '@japa/runner'
import { setEnvironment } from './environment.ts'
import { startStandIn, type ChaosRule, type StandIn } from '../stand_in/server.js'

export type { ChaosRule, StandIn }

/** A stand-in of Resend for the running test, without limits where none are asked for. */
export async function standIn(options: Record<string, unknown> = {}): Promise<StandIn> {
  const server = await startStandIn({ rps: 0, events: 'manual', eventDelay: 1, retryScale: 0.001, ...options })
  getActiveTestOrFail().cleanup(() => server.close())
  return server
}

/** The same, and it is where mail by Resend goes while the test runs. */
export async function theProvider(options: Record<string, unknown> = {}): Promise<StandIn> {
  const server = await standIn(options)
  setEnvironment({ RESEND_BASE_URL: server.url })
  return server
}
