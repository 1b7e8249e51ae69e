/**
 * Does the web process answer?
 * @param {string} host an address to listen on, maybe "any"
 * @param {number | string} port
 */
export async function isLive(host, port) {
  const reachable = host.replace(/^0\.0\.0\.0$/, '127.0.0.1').replace(/^::$/, '::1')
  const origin = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
  try {
    return (await fetch(`${origin}/health/live`, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false // not yet
  }
}
