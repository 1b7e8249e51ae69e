export interface Step<S> {
  what: string
  next: S
}

export interface Found<S> {
  states: number
  ends: number
  /** The shortest way to a state that breaks a law, or from which no end can be reached any more. */
  broken: { law: string; trace: { what: string; state: S }[] } | null
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
export function search<S>({ begins, steps, broken, isEnd, key }: Question<S>): Found<S> {
  const states: S[] = []
  const cameFrom: number[] = []
  const by: string[] = []
  const ways: number[][] = []
  const known = new Map<string, number>()
  const ends: number[] = []

  const visit = (state: S, from: number, what: string) => {
    const name = key(state)
    let no = known.get(name)
    if (no === undefined) {
      no = states.length
      known.set(name, no)
      states.push(state)
      cameFrom.push(from)
      by.push(what)
      ways.push([])
    }
    if (from >= 0) ways[no].push(from)
  }
  const traceTo = (no: number) => {
    const trace: { what: string; state: S }[] = []
    for (let at = no; at >= 0; at = cameFrom[at]) trace.unshift({ what: by[at], state: states[at] })
    return trace
  }

  for (const state of begins) visit(state, -1, 'the campaign is frozen')
  for (let no = 0; no < states.length; no++) {
    const law = broken(states[no])
    if (law) return { states: states.length, ends: ends.length, broken: { law, trace: traceTo(no) } }
    if (isEnd(states[no])) ends.push(no)
    for (const { what, next } of steps(states[no])) visit(next, no, what)
  }
  const lost = firstWithoutEnd(ways, ends)
  return {
    states: states.length,
    ends: ends.length,
    broken: lost === null ? null : { law: 'from here the campaign can never end', trace: traceTo(lost) },
  }
}

/** Walks back from the ends: whatever is not met can never end. */
function firstWithoutEnd(ways: number[][], ends: number[]): number | null {
  const canEnd = new Uint8Array(ways.length)
  const front = [...ends]
  for (const no of front) canEnd[no] = 1
  while (front.length > 0) {
    for (const before of ways[front.pop()!]) {
      if (canEnd[before]) continue
      canEnd[before] = 1
      front.push(before)
    }
  }
  const lost = canEnd.indexOf(0)
  return lost < 0 ? null : lost
}
