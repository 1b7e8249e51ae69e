/**
 * How many mails a day a domain may send while mailbox providers get to know it: the first seven days of Resend's advice
 * (reference: sender-rules B7), then half as much more each day; after thirty days it is known.
 */
export const curves = {
  new: [150, 250, 400, 700, 1_000, 1_500, 2_000],
  existing: [1_000, 2_500, 5_000, 5_000, 7_500, 7_500, 10_000],
} as const

export type Curve = keyof typeof curves

export const WARM_UP_DAYS = 30

/** The cap of a day, counted from 1; null when the warm-up is over. */
export function capOf(curve: Curve, day: number): number | null {
  if (day > WARM_UP_DAYS) return null
  const steps = curves[curve]
  return day <= steps.length ? steps[day - 1] : Math.round(steps[steps.length - 1] * 1.5 ** (day - steps.length))
}
