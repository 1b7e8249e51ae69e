export interface Step<S> {
  what: string
  next: S
}

export interface Found {
  states: number
  ends: number
  /** The shortest way to a state that breaks a law, or from which no end can be reached any more. */
  broken: { law: string; trace: string[] } | null
}

export interface Question<S> {
  begins: S[]
  /** Everything that can happen next. */
  steps(state: S): Step<S>[]
  /** The law that a state breaks, or null. */
  broken(state: S): string | null
  isEnd(state: S): boolean
  /** The same string for states that do not differ in anything that matters. */
  key(state: S): string
}

/** Visits every state that can be reached, the nearest first, and asks of each whether the laws hold and an end is in reach. */
export function search<S>({ begins, steps, broken, isEnd, key }: Question<S>): Found {
  /** Those that were not looked at yet, from `no` on; what was looked at is known by its number alone. */
  const states: (S | null)[] = []
  const cameFrom: number[] = []
  const by: string[] = []
  const arrows: Arrows = { from: [], to: [] }
  const known = new Map<string, number>()
  const ends: number[] = []

  const visit = (state: S, from: number, what: string) => {
    const name = key(state)
    let no = known.get(name)
    if (no === undefined) {
      no = states.push(state) - 1
      known.set(name, no)
      cameFrom.push(from)
      by.push(what)
    }
    if (from < 0) return
    arrows.from.push(from)
    arrows.to.push(no)
  }
  const traceTo = (no: number) => {
    const trace: string[] = []
    for (let at = no; at >= 0; at = cameFrom[at]) trace.unshift(by[at])
    return trace
  }

  for (const state of begins) visit(state, -1, 'the campaign is frozen')
  for (let no = 0; no < states.length; no++) {
    const state = states[no]!
    states[no] = null
    const law = broken(state)
    if (law) return { states: states.length, ends: ends.length, broken: { law, trace: traceTo(no) } }
    if (isEnd(state)) ends.push(no)
    for (const { what, next } of steps(state)) visit(next, no, what)
  }
  const lost = firstWithoutEnd(states.length, arrows, ends)
  return {
    states: states.length,
    ends: ends.length,
    broken: lost === null ? null : { law: 'from here the campaign can never end', trace: traceTo(lost) },
  }
}

/** Steps from one state to another, by number. */
interface Arrows {
  from: number[]
  to: number[]
}

/** Walks back from the ends: whatever is not met can never end. */
function firstWithoutEnd(states: number, { from, to }: Arrows, ends: number[]): number | null {
  /** The arrows that lead to a state are those of `into` from `first[state]` to `first[state + 1]`. */
  const first = new Uint32Array(states + 1)
  for (const state of to) first[state + 1]++
  for (let state = 0; state < states; state++) first[state + 1] += first[state]
  const into = new Uint32Array(to.length)
  const free = first.slice()
  for (const [arrow, state] of to.entries()) into[free[state]++] = from[arrow]

  const canEnd = new Uint8Array(states)
  const front = [...ends]
  for (const no of front) canEnd[no] = 1
  while (front.length > 0) {
    const state = front.pop()!
    for (const before of into.subarray(first[state], first[state + 1])) {
      if (canEnd[before]) continue
      canEnd[before] = 1
      front.push(before)
    }
  }
  const lost = canEnd.indexOf(0)
  return lost < 0 ? null : lost
}
