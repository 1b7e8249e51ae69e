import { getActiveTestOrFail } from '@japa/runner'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A real SMTP server in this process, for the running test; what it received, each mail as its source. */
export async function mailServer(options: SMTPServerOptions = {}) {
  const received: string[] = []
  const smtp = new SMTPServer({
    closeTimeout: 50,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        received.push(Buffer.concat(parts).toString())
        done()
      })
    },
    ...options,
  })
  smtp.on('error', () => {})
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const close = () => new Promise<void>((resolve) => smtp.close(() => resolve()))
  getActiveTestOrFail().cleanup(close)
  return { received, port: (smtp.server.address() as AddressInfo).port, close }
}
