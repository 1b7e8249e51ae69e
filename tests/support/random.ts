/** A stream of chance that a seed repeats (mulberry32): a failing property test names its seed. */
export function randomFrom(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    below,
    chance: (p: number) => next() < p,
    pick: <T>(list: readonly T[]) => list[below(list.length)],
    some: <T>(list: readonly T[], p = 0.5) => list.filter(() => next() < p),
  }
}
export type Random = ReturnType<typeof randomFrom>
