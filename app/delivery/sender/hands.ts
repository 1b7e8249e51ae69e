import { setTimeout as rest } from 'node:timers/promises'

/** A call that takes longer is no longer counted: others are made meanwhile, but of that account only so many. */
const SLOW_MS = 1_000
const MOST_SLOW = 3
/** Whatever they wait for. */
const MOST = 30

interface InHand {
  /** Of the load, how much it is. */
  weight: number
  /** Whose answer is waited for. */
  account: string
}

/** What a worker has in hand at once: up to a load, and none the less of it when an account answers slowly. */
export class Hands {
  private work = new Map<Promise<void>, InHand & { since: number }>()

  constructor(private most: number) {}

  get isBusy() {
    return this.work.size > 0
  }

  /** Those of whom nothing more is to be taken: they have been waited for so long, so often at once. */
  get slowAccounts(): string[] {
    const slow = [...this.work.values()].filter(isSlow)
    return [...Map.groupBy(slow, ({ account }) => account)]
      .filter(([, calls]) => calls.length >= MOST_SLOW)
      .map(([account]) => account)
  }

  take(work: Promise<void>, what: InHand) {
    const inHand: Promise<void> = work.finally(() => this.work.delete(inHand))
    this.work.set(inHand, { ...what, since: performance.now() })
  }

  /** Until there is room for another one. */
  async untilOneIsFree() {
    while (this.work.size >= MOST) await this.untilOneIsDone()
    while (this.load >= this.most)
      await Promise.race([this.untilOneIsDone(), rest(SLOW_MS / 4, undefined, { ref: false })])
  }

  untilOneIsDone = () => Promise.race(this.work.keys())
  untilAllAreDone = () => Promise.allSettled(this.work.keys())

  private get load() {
    return [...this.work.values()].reduce((sum, one) => sum + (isSlow(one) ? 0 : one.weight), 0)
  }
}

const isSlow = ({ since }: { since: number }) => performance.now() - since > SLOW_MS
