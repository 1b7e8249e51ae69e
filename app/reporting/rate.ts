/** A rate that says what it was counted of; `value` is null when there is nothing to count. Between 0 and 1. */
export interface Rate {
  value: number | null
  count: number
  of: number
}

export const rate = (count: number, of: number): Rate => ({ value: of > 0 ? count / of : null, count, of })
