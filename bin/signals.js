/**
 * Calls `onFirst` at the first Ctrl-C or SIGTERM, and `onSecond` when someone insists.
 *
 * npm passes on the SIGINT that the terminal has already sent to everyone: what follows within half a second is the same
 * Ctrl-C.
 * @param {() => void} onFirst
 * @param {() => void} onSecond
 */
export function onStop(onFirst, onSecond) {
  let first = 0
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!first) {
        first = performance.now()
        onFirst()
      } else if (performance.now() - first > 500) onSecond()
    })
  }
}

/**
 * Holds signals off, so that a launcher cleans up behind itself; a child in the foreground gets them from `run`.
 * @returns {() => boolean} were we asked to stop?
 */
export function holdSignals() {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (isStopping = true))
  return () => isStopping
}
