/**
 * Loaded into a worker (`--import`): its clock is wrong, and jumps. Timers and `performance` are right, as on a machine
 * whose time somebody sets. WRONG_CLOCK is JSON: `{ off, jumps, afterMs }`, in seconds and milliseconds.
 */
const { off, jumps, afterMs } = JSON.parse(process.env.WRONG_CLOCK ?? '{"off":0,"jumps":0,"afterMs":0}')
const begin = performance.now()
const RightDate = Date

const error = () => (off + (performance.now() - begin > afterMs ? jumps : 0)) * 1_000

globalThis.Date = class Date extends RightDate {
  constructor(...given) {
    if (given.length === 0) super(RightDate.now() + error())
    else super(...given)
  }

  static now() {
    return RightDate.now() + error()
  }
}
