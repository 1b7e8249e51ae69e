import type { Rule } from './rules.ts'
import type { Step } from './search.ts'
import type { State } from './state.ts'
import { WorkerSteps } from './worker_steps.ts'
import { WorldSteps } from './world_steps.ts'

/** Everything that can happen next, with all rules of the protocol, or without one of them to see what it is good for. */
export const protocol =
  ({ without = null }: { without?: Rule | null } = {}) =>
  (state: State): Step<State>[] => {
    if (state.campaign === 'finished') return []
    const workers = new WorkerSteps(state, without)
    const world = new WorldSteps(state, without)
    for (const no of [0, 1]) workers.of(no)
    world.all()
    return [...workers.found, ...world.found]
  }
