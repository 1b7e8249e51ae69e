/** The server's clock, told by the `Date` of its answers: a countdown must not believe a computer whose clock is wrong. */
let ahead = 0

/** The header has whole seconds and travels for a while: less than this is no difference. */
const ROUGH_MS = 2_000

export function noticeServerTime(answer: { headers: Headers }) {
  const told = Date.parse(answer.headers.get('date') ?? '')
  if (Number.isNaN(told)) return
  const difference = told + 500 - Date.now()
  ahead = Math.abs(difference) > ROUGH_MS ? difference : 0
}

/** Milliseconds until a moment that the server named; 0 when it is over. */
export const untilMoment = (moment: string) => Math.max(0, Date.parse(moment) - Date.now() - ahead)
