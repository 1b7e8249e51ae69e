/** "3.10.2026" is European by its dots; with slashes only what cannot be read the other way round. */
export function asDay(cell: string): string {
  const dots = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(cell)
  if (dots) return day(dots[3], dots[2], dots[1])
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell)
  if (slashes && Number(slashes[1]) > 12) return day(slashes[3], slashes[2], slashes[1])
  if (slashes && (Number(slashes[2]) > 12 || slashes[1] === slashes[2])) return day(slashes[3], slashes[1], slashes[2])
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(:00)?(\.0+)?Z?)?$/.exec(cell)
  return iso ? day(iso[1], iso[2], iso[3]) : cell
}

const day = (year: string, month: string, date: string) => `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`

/**
 * A day (its first moment) or a moment, UTC where no zone is named: "2024-03-01 9:30:00", "1.3.2024", "2024-03-01T09:30+01:00".
 * Null for what is none or could be two: "1/3/2024", the 31st of February, a twelve-hour clock.
 */
export function readMoment(cell: string): Date | null {
  const parts = /^(.+?)(?:[T ]+(\d{1,2})(:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(cell.trim())
  if (!parts) return null
  const [, date, hour, minutes, zone = 'Z'] = parts
  const on = asDay(date)
  if (!/^\d{4}-\d\d-\d\d$/.test(on) || Number(on.slice(0, 4)) < 1900) return null
  const midnight = new Date(`${on}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(on)) return null
  if (hour === undefined) return midnight
  const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')
  const moment = new Date(`${on}T${hour.padStart(2, '0')}${minutes}${offset}`)
  return Number.isNaN(moment.getTime()) ? null : moment
}
