import { isOpen, pass, timeMatters } from './changes.ts'
import { Steps } from './steps.ts'
import type { Answer, State } from './state.ts'

/** What others do: the provider, people, time; and the worker's round that ends a campaign. */
export class WorldSteps extends Steps {
  all() {
    for (const no of this.state.wire.keys()) this.arrive(no)
    this.happen()
    this.takeBack()
    this.finish()
  }

  /** A call arrives at the provider, which knows its keys for a day; its answer comes back, or does not. */
  private arrive(index: number) {
    const call = this.state.wire[index]
    const isKeyless = Boolean(this.state.isKeyless[call.account])
    const known = isKeyless
      ? undefined
      : this.state.provider.remembered.find(({ key, account }) => key === call.key && account === call.account)
    if (known && known.people.join() !== call.people.join()) {
      return this.answer(index, 'bug', (next) => (next.provider.hasSeenConflict = true))
    }
    if (known) this.answer(index, 'accepted')
    else if (this.state.refused !== null && call.people.includes(this.state.refused)) this.answer(index, 'recipient')
    else {
      this.answer(index, 'accepted', (next) => {
        for (const person of call.people) next.provider.mails[person]++
        if (!isKeyless) next.provider.remembered.push({ ...call, from: 0 })
      })
    }
    if (this.state.budget.refusals === 0) return
    for (const why of ['rate', 'quota'] as const) this.answer(index, why, (next) => void next.budget.refusals--)
  }

  private answer(index: number, answer: Answer, change: (next: State) => void = () => {}) {
    const { from, key } = this.state.wire[index]
    const hears = this.state.workers[from].at === 'calling' && this.state.workers[from].key === key
    const arrived = (next: State) => {
      next.wire.splice(index, 1)
      change(next)
    }
    if (hears) {
      this.add(`the provider answers ${key}: ${answer}`, (next) => {
        arrived(next)
        Object.assign(next.workers[from], { at: 'answered', answer })
      })
    }
    if (!hears || this.state.budget.losses > 0) {
      this.add(`the provider says ${answer} to ${key}, and nobody hears it`, (next) => {
        arrived(next)
        if (hears) next.budget.losses--
      })
    }
  }

  private happen() {
    const { state } = this
    const { budget } = state
    if (budget.leaves > 0 && state.left[1] === 'no') {
      this.add('Ben leaves', (next) => {
        next.left[1] = 'just now'
        next.budget.leaves--
      })
    }
    if (timeMatters(state)) this.add('a minute passes: leases end, and whoever held one has slept', pass)
    if (budget.days > 0) {
      this.add('a day passes: the provider forgets its keys', (next) => {
        pass(next)
        next.budget.days--
        next.isAskingUnsafe = true
        next.provider.remembered = []
        next.wire = []
        for (const batch of next.batches) if (batch.sealed) batch.sealed.isYoung = false
      })
    }
    if (budget.slows > 0) {
      this.add('the mailbox provider of Ben asks for patience', (next) => {
        next.isBenSlow = true
        next.budget.slows--
      })
    }
    for (const [index, { pace }] of state.batches.entries()) {
      if (pace !== 'parked' || !this.keeps('whoever is parked is let go')) continue
      this.add('there is room at the mailbox provider of Ben', (next) => (next.batches[index].pace = 'granted'))
    }
    if (budget.falls > 0 && !state.isDown) {
      this.add('the first provider is in trouble', (next) => {
        next.isDown = true
        next.budget.falls--
      })
    }
    if (state.isDown) this.add('the first provider is well again', (next) => void (next.isDown = false))
    if (state.isQuotaSpent && budget.resets > 0) {
      this.add('the quota begins anew', (next) => {
        next.isQuotaSpent = false
        next.budget.resets--
      })
    }
    if (budget.accounts > 0) {
      this.add('another account is connected', (next) => {
        next.account = 1
        next.isQuotaSpent = false
        next.isAskingUnsafe = true
        next.budget.accounts--
      })
    }
    if (state.campaign === 'paused' && budget.revisions > 0) {
      this.add('the letter is changed for those who still wait', (next) => {
        next.edition++
        next.budget.revisions--
      })
    }
    if (state.campaign === 'paused') this.add('the campaign is resumed', (next) => (next.campaign = 'running'))
    if (state.campaign === 'running' && budget.pauses > 0) {
      this.add('the campaign is paused', (next) => {
        next.campaign = 'paused'
        next.budget.pauses--
      })
    }
    if (['running', 'paused'].includes(state.campaign) && budget.cancels > 0) {
      this.add('the campaign is cancelled', (next) => {
        next.campaign = 'cancelled'
        next.budget.cancels--
        const open = this.keeps('what is sealed is not cancelled')
          ? ['queued', 'leased']
          : ['queued', 'leased', 'sealed']
        for (const batch of next.batches) if (open.includes(batch.state)) batch.state = 'cancelled'
      })
    }
  }

  /** undo_shipment.ts: a look by the clock, and later the deletion, while workers go on. */
  private takeBack() {
    const { state } = this
    if (state.hasTimeToThink) {
      this.add('the time to think again is over', (next) => (next.hasTimeToThink = false))
      if (!state.isTakingBack && state.campaign === 'running')
        this.add('somebody is about to take it back', (next) => (next.isTakingBack = true))
    }
    if (!state.isTakingBack) return
    const isLeaving = state.batches.some((batch) => batch.state !== 'queued')
    if (isLeaving && this.keeps('only what waits is taken back')) {
      return this.add('it is too late to take it back', (next) => (next.isTakingBack = false))
    }
    this.add('it is taken back', (next) => {
      next.isTakingBack = false
      next.campaign = 'undone'
      for (const batch of next.batches) batch.state = 'cancelled'
    })
  }

  /** finish_shipments.ts */
  private finish() {
    const { campaign, batches } = this.state
    if (
      campaign === 'cancelled' &&
      this.keeps('what comes back is cancelled') &&
      batches.some(({ state }) => state === 'queued' || state === 'leased')
    ) {
      this.add('what came back is cancelled', (next) => {
        for (const batch of next.batches)
          if (batch.state === 'queued' || batch.state === 'leased') batch.state = 'cancelled'
      })
    }
    if (batches.some(isOpen) || campaign === 'paused' || campaign === 'undone') return
    this.add('the campaign is finished', (next) => (next.campaign = 'finished'))
  }
}
