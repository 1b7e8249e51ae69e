import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A provider on this machine, in a process of its own, without limits. It counts mails and forgets them. */
export async function startStandIn() {
  const options = ['--rps', '0', '--bodies', 'none', '--events', 'manual']
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
