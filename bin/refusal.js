/** A problem that the reader can fix: shown as its one line, without a stack. */
export class Refusal extends Error {}

/**
 * Runs a launcher: its result is the exit code, a refusal is one line on stderr.
 * @param {() => Promise<number | void>} main
 */
export async function launch(main) {
  try {
    process.exitCode = (await main()) || 0
  } catch (error) {
    report(error)
    process.exitCode = 1
  }
}

/**
 * What a launcher needs before it can begin, or its one line and the end.
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
export function orEnd(read) {
  try {
    return read()
  } catch (error) {
    report(error)
    process.exit(1)
  }
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof Refusal ? error.message : error)
}
