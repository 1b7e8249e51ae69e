const WINDOW_MS = 10_000
const MOST_IN_WINDOW = 3_000
let began = 0
let seen = new Map<string, number>()

/**
 * More than 300 reactions a second from one address for 10 s is no reader: they are answered and no longer written.
 * Generous, because a mailbox provider's picture proxy speaks for many people. Counted per process: it protects that.
 */
export function isFlooding(ip: string, now = Date.now()): boolean {
  if (now - began > WINDOW_MS) {
    began = now
    seen = new Map()
  }
  const count = (seen.get(ip) ?? 0) + 1
  seen.set(ip, count)
  return count > MOST_IN_WINDOW
}
