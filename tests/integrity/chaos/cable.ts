import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

/**
 * A cable between processes and what they call, on a port of its own, that can be cut: with a reset of every connection,
 * or so that requests still arrive and answers do not come back (what was committed then, the caller does not know).
 */
export class Cable {
  private pairs = new Set<{ near: Socket; far: Socket }>()
  private isMute = false
  private server = net.createServer((near) => this.connect(near))

  constructor(private target: number) {}

  async lay(): Promise<number> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return (this.server.address() as AddressInfo).port
  }

  /** Resets all connections, at both ends. New ones are made at once. */
  cut() {
    for (const pair of this.pairs) this.drop(pair)
  }

  /** For so long every answer is thrown away, and its connection reset. */
  async loseAnswers(ms: number) {
    this.isMute = true
    await new Promise((resolve) => setTimeout(resolve, ms))
    this.isMute = false
  }

  remove() {
    this.cut()
    this.server.close()
  }

  private connect(near: Socket) {
    const pair = { near, far: net.connect(this.target, '127.0.0.1') }
    this.pairs.add(pair)
    near.on('data', (bytes) => void pair.far.write(bytes))
    pair.far.on('data', (bytes) => (this.isMute ? this.drop(pair) : void near.write(bytes)))
    for (const [one, other] of [
      [near, pair.far],
      [pair.far, near],
    ]) {
      one.setNoDelay(true)
      one.on('end', () => other.end())
      one.on('error', () => this.drop(pair))
      one.on('close', () => this.pairs.delete(pair))
    }
  }

  private drop(pair: { near: Socket; far: Socket }) {
    this.pairs.delete(pair)
    pair.near.resetAndDestroy()
    pair.far.resetAndDestroy()
  }
}
