import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A provider on this machine, in a process of its own. It counts mails and forgets them. `rps`: calls a second, 0 without limit. */
export async function startStandIn({ rps = 0 } = {}) {
  const options = ['--rps', String(rps), '--bodies', 'none', '--events', 'manual']
  const child = spawn(process.execPath, ['tests/stand_in/server.js', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return {
    url: String(line).trim().split(' ').at(-1)!,
    pid: child.pid!,
    async stop() {
      child.kill()
      await once(child, 'exit')
    },
  }
}
