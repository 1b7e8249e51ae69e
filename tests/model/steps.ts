import { copyOf } from './changes.ts'
import type { Rule } from './rules.ts'
import type { Step } from './search.ts'
import type { State } from './state.ts'

/** Collects what can happen next in a state, by the rules that are kept. */
export class Steps {
  found: Step<State>[] = []

  constructor(
    readonly state: State,
    private without: Rule | null
  ) {}

  keeps = (rule: Rule) => this.without !== rule

  add(what: string, change: (next: State) => void) {
    const next = copyOf(this.state)
    change(next)
    this.found.push({ what, next })
  }
}
