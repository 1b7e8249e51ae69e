import { Steps } from './steps.ts'
import { BEN, end, giveBack, isUncertain, nameOf, names, park, split, unseal } from './changes.ts'
import { nothing, type Batch, type State } from './state.ts'

/** What a worker can do next: one step is one statement to the database, or one call. */
export class WorkerSteps extends Steps {
  of(no: number) {
    const hand = this.state.workers[no]
    const who = `worker ${no + 1}`
    if (hand.at === 'idle') return this.claim(no, who)
    if (this.state.budget.crashes > 0) {
      this.add(`${who} is killed`, (next) => {
        next.budget.crashes--
        if (isUncertain(this.state, hand)) next.isAskingUnsafe = true
        next.workers[no] = { ...nothing }
      })
    }
    if (hand.at === 'leased') this.decide(no, who)
    else if (hand.at === 'judged') this.seal(no, who)
    else if (hand.at === 'ready') this.call(no, who)
    else if (hand.at === 'calling') this.hearNothing(no, who)
    else if (hand.at === 'answered') this.settle(no, who)
    else
      this.add(`${who} writes the messages`, (next) => {
        for (const person of next.batches[hand.batch].sealed!.inCall) next.messages[person] = 'accepted'
        for (const person of next.batches[hand.batch].sealed!.out) next.messages[person] = 'withheld'
        next.workers[no] = { ...nothing }
      })
  }

  /**
   * claim_batch.ts: sealed ones whatever the campaign's state, fresh ones while it runs and an account takes them; a lease that is
   * not over is respected.
   */
  private claim(no: number, who: string) {
    for (const [index, batch] of this.state.batches.entries()) {
      const isFree = !batch.isLeased && (this.keeps('leases end') || batch.holder === null)
      const isDue = batch.state === 'sealed' || (['queued', 'leased'].includes(batch.state) && this.mayLeave)
      const account = this.accountFor(batch)
      if (!isFree || !isDue || account === null || batch.pace === 'parked') continue
      this.add(`${who} takes ${nameOf(batch)}`, (next) => {
        const taken = next.batches[index]
        next.workers[no] = {
          ...nothing,
          at: 'leased',
          batch: index,
          wasSealed: batch.state === 'sealed',
          doubtful: batch.doubtful,
          account,
          edition: next.edition,
          isYoung: batch.sealed?.isYoung ?? true,
          key: batch.key,
        }
        taken.state = batch.state === 'sealed' ? 'sealed' : 'leased'
        taken.holder = no
        taken.isLeased = true
      })
    }
  }

  /** `sendBatch` in send_batch.ts, up to the call. */
  private decide(no: number, who: string) {
    const hand = this.state.workers[no]
    const batch = this.state.batches[hand.batch]
    if (!hand.wasSealed && this.state.isBenSlow && batch.pace === 'none' && batch.people.includes(BEN)) {
      return this.write(no, `${who} lets Ben wait for his mailbox provider`, 'leased', park)
    }
    if (!hand.wasSealed) {
      return this.add(`${who} asks who may still be written to`, (next) => {
        const mayReceive = (person: number) =>
          this.state.left[person] === 'no' || !this.keeps('permission is asked again')
        next.workers[no] = { ...hand, at: 'judged', allowed: batch.people.filter(mayReceive) }
      })
    }
    if (!hand.doubtful) return this.write(no, `${who} takes the seal off`, 'sealed', unseal)
    const isSafe =
      (!this.state.isKeyless[hand.account] || !this.keeps('without keys no call is made twice')) &&
      (hand.isYoung || !this.keeps('an old key is not called with')) &&
      (batch.sealed === null || batch.sealed.account === hand.account || !this.keeps('nobody else is called with it'))
    if (!isSafe) return this.write(no, `${who} gives it up as unconfirmed`, 'sealed', end('unconfirmed'))
    return this.add(`${who} makes the same mails again`, (next) => {
      next.workers[no] = {
        ...hand,
        at: 'ready',
        allowed: batch.sealed?.inCall ?? [],
        key: this.keeps('the same key again') ? hand.key : `${hand.key}*`,
      }
    })
  }

  /** seal_batch.ts: one statement that does nothing when the lease is lost, too old, or the campaign does not run. */
  private seal(no: number, who: string) {
    const hand = this.state.workers[no]
    const batch = this.state.batches[hand.batch]
    if (!this.keeps('sealed before the call')) {
      return this.add(
        `${who} is about to call`,
        (next) => (next.workers[no] = { ...hand, at: 'ready', isStale: false })
      )
    }
    const isOurs =
      this.holds(no, batch) &&
      batch.state === 'leased' &&
      (this.state.campaign === 'running' || !this.keeps('only what runs is sealed')) &&
      (hand.edition === this.state.edition || !this.keeps('only the letter of now is sealed')) &&
      (!hand.isStale || !this.keeps('what was asked long ago is not sealed'))
    if (!isOurs) return this.write(no, `${who} may not seal, and gives it back`, 'leased', giveBack(false))
    const out = batch.people.filter((person) => !hand.allowed.includes(person))
    this.add(`${who} seals for ${names(hand.allowed)}`, (next) => {
      const sealed = next.batches[hand.batch]
      sealed.sealed = { inCall: hand.allowed, out, account: hand.account, isYoung: true }
      if (this.state.campaign !== 'running') next.crime = `sealed while the campaign was ${this.state.campaign}`
      if (hand.edition !== this.state.edition) next.crime = 'sealed with a letter that had been replaced'
      const late = hand.allowed.find((person) => this.state.left[person] === 'long ago')
      if (late !== undefined) next.crime = `${names([late])} had left long before the seal`
      if (hand.allowed.length === 0) {
        end('accepted')(next, sealed)
        next.workers[no] = { ...nothing }
      } else {
        Object.assign(sealed, { state: 'sealed', doubtful: this.keeps('sealed is in doubt'), isLeased: true })
        next.workers[no] = { ...hand, at: 'ready', doubtful: false, isStale: false }
      }
    })
  }

  /** `channel.send` in send_batch.ts. Who slept gives it back: nothing was sent by this hand. */
  private call(no: number, who: string) {
    const hand = this.state.workers[no]
    if (hand.isStale && this.keeps('who slept does not call'))
      return this.write(no, `${who} has slept, and gives it back`, 'sealed', giveBack(hand.doubtful))
    this.add(`${who} calls with ${hand.key} for ${names(hand.allowed)}`, (next) => {
      next.wire.push({ key: hand.key, account: hand.account, people: hand.allowed, from: no })
      next.workers[no] = { ...hand, at: 'calling' }
    })
  }

  /** The connection breaks, or 30 seconds are over. The call itself may still be on its way. */
  private hearNothing(no: number, who: string) {
    const { key } = this.state.workers[no]
    const isUnderway = this.state.wire.some((call) => call.from === no && call.key === key)
    if (isUnderway && this.state.budget.losses === 0) return
    this.add(`${who} hears nothing`, (next) => {
      if (isUnderway) next.budget.losses--
      if (isUncertain(this.state, this.state.workers[no])) next.isAskingUnsafe = true
      Object.assign(next.workers[no], { at: 'answered', answer: 'unknown' })
    })
  }

  /** settle_batch.ts. */
  private settle(no: number, who: string) {
    const { answer, doubtful, allowed, account, batch: index } = this.state.workers[no]
    const isDoubtful = doubtful && this.keeps('no unsealing in doubt')
    const batch = this.state.batches[index]
    const from = this.keeps('sealed before the call') ? 'sealed' : 'leased'
    switch (answer!) {
      case 'accepted':
        if (!this.keeps('batch and messages end together') && this.holds(no, batch) && batch.state === 'sealed') {
          return this.add(`${who} notes that the batch is done`, (next) => {
            next.batches[index].state = 'done'
            next.workers[no].at = 'writing'
          })
        }
        return this.write(no, `${who} notes: accepted`, from, end('accepted', allowed))
      case 'unknown':
        return this.state.isKeyless[account] && this.keeps('without keys no call is made twice')
          ? this.write(no, `${who} gives it up as unconfirmed`, from, end('unconfirmed', allowed))
          : this.write(no, `${who} keeps it sealed, in doubt`, from, giveBack(true))
      case 'rate':
        return this.write(no, `${who} waits a second`, from, giveBack(isDoubtful))
      case 'quota':
        return this.write(no, `${who} waits for the quota`, from, isDoubtful ? giveBack(true) : unseal, (next) => {
          if (account === this.state.account) next.isQuotaSpent = true
        })
      case 'recipient':
        return this.write(
          no,
          `${who} looks for the refused one`,
          from,
          allowed.length === 1 ? end('failed', allowed) : split
        )
      case 'bug':
        return this.write(no, `${who} gives it up as unconfirmed`, from, end('unconfirmed', allowed))
    }
  }

  /** A statement about a batch in hand: it changes nothing when somebody else has taken the batch since. */
  private write(
    no: number,
    what: string,
    from: Batch['state'],
    change: (next: State, batch: Batch) => void,
    first: (next: State) => void = () => {}
  ) {
    const hand = this.state.workers[no]
    const batch = this.state.batches[hand.batch]
    const hits = this.holds(no, batch) && (batch.state === from || (from === 'leased' && batch.state === 'sealed'))
    this.add(hits ? what : `${what}: too late, nothing changes`, (next) => {
      next.workers[no] = { ...nothing }
      first(next)
      if (hits) change(next, next.batches[hand.batch])
    })
  }

  /** Who is called with it: a sealed one's own account, while it is there; with a fresh one ways_out.ts. Null: it waits. */
  private accountFor({ state, sealed, doubtful }: Batch): number | null {
    const { account, hasFallback, isQuotaSpent, isDown } = this.state
    const now = (isQuotaSpent || isDown) && account === 0 ? (hasFallback ? 1 : null) : isQuotaSpent ? null : account
    if (state !== 'sealed' || !this.keeps('a sealed one keeps its account')) return now
    const own = sealed && (hasFallback || sealed.account === account) ? sealed.account : account
    const isResting = own === 0 && isDown
    const waitsForQuota = isQuotaSpent && own === account && !this.keeps('what is in doubt waits for no quota')
    return (isResting || waitsForQuota) && doubtful ? null : own
  }

  private get mayLeave() {
    return this.state.campaign === 'running' && !this.state.hasTimeToThink
  }

  private holds = (no: number, batch: Batch) => batch.holder === no || !this.keeps('every write names the fence')
}
