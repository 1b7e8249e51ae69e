import { BackupRefused } from './errors.ts'
import type { Progress } from './write_backup.ts'

const EVERY_MS = 5_000

/**
 * Runs a command that takes long: says on the error output how far it is, ends in an orderly way at the first Ctrl-C or
 * SIGTERM, and tells a refusal as its one line.
 *
 * @returns what `work` gave; else null and the exit code: 1, or 130 when somebody stopped it
 */
export async function atTerminal<T>(
  work: (watch: { signal: AbortSignal; progress: Progress }) => Promise<T>
): Promise<{ done: T; exitCode: 0 } | { done: null; exitCode: 1 | 130 }> {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  try {
    return { done: await work({ signal: stopping.signal, progress: progressOnStderr() }), exitCode: 0 }
  } catch (error) {
    if (stopping.signal.aborted) console.error('Stopped. Nothing was left half done.')
    else if (error instanceof BackupRefused) console.error(error.message)
    else throw error
    return { done: null, exitCode: stopping.signal.aborted ? 130 : 1 }
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}

/** A line every few seconds: small ones are done before the first, and cron mails nobody. */
function progressOnStderr(): Progress {
  let told = performance.now()
  return (table, rows) => {
    if (performance.now() - told < EVERY_MS) return
    told = performance.now()
    console.error(`${table}: ${rows.toLocaleString('en')} rows …`)
  }
}
