const DAY_MS = 86_400_000

/** What a clock in that zone shows: `2026-11-30 09:00:00`, as the date picker and the API (without an offset) take it. */
export const wallClock = (moment: Date, timeZone: string): string => moment.toLocaleString('sv-SE', { timeZone })

/** Nine in the morning, so many days from today. */
export const inDays = (days: number, timeZone: string): string =>
  `${wallClock(new Date(Date.now() + days * DAY_MS), timeZone).slice(0, 10)} 09:00:00`

/** From one, tomorrow, to seven: on a Monday, the next one. */
export function daysToMonday(timeZone: string): number {
  const today = new Date(`${wallClock(new Date(), timeZone).slice(0, 10)}T12:00:00Z`).getUTCDay()
  return (8 - today) % 7 || 7
}
