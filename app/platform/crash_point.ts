/**
 * A place where tests let a process die or stall, to prove that nothing is lost there. Inert outside tests.
 *
 * `ASSENT_CRASH_AT=after_seal` kills at the first passage, `after_seal:3` at the third, `after_seal:1:SIGSTOP` stops
 * the process instead, as a paused virtual machine would.
 */
export function crashPoint(name: string) {
  if (process.env.NODE_ENV !== 'test' || process.env.ASSENT_CRASH_AT === undefined) return
  const [wanted, passage = '1', signal = 'SIGKILL'] = process.env.ASSENT_CRASH_AT.split(':')
  if (wanted !== name || ++passages !== Number(passage)) return
  process.kill(process.pid, signal)
}

let passages = 0
