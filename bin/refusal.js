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
    console.error(error instanceof Refusal ? error.message : error)
    process.exitCode = 1
  }
}
