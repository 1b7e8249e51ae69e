/** A small seeded generator (mulberry32): the demo is the same bakery each time. Numbers in [0, 1). */
export function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    chance: (probability: number) => next() < probability,
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)],
    between: (low: number, high: number) => low + next() * (high - low),
    /** Waiting time with this mean: most react soon, a few much later. */
    wait: (mean: number) => -mean * Math.log(1 - next()),
  }
}

export type Random = ReturnType<typeof seeded>
