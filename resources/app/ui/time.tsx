import { useFormatter, useNow, useTimeZone } from 'use-intl'

/** A moment in the workspace's zone; the zone is named on hover, and in the text where it matters (sends). */
export function DateTime({
  value,
  zone = false,
  style = 'medium',
}: {
  value: string | null
  zone?: boolean
  style?: 'medium' | 'full'
}) {
  const format = useFormatter()
  const timeZone = useTimeZone()
  if (!value) return <span>–</span>
  const text = format.dateTime(new Date(value), {
    dateStyle: style === 'full' ? 'full' : 'medium',
    timeStyle: 'short',
  })
  return (
    <time dateTime={value} title={`${timeZone}; ${value}`} className="tabular">
      {text}
      {zone && ` (${timeZone})`}
    </time>
  )
}

/** "3 minutes ago", moving by itself; the moment on hover. */
export function TimeAgo({ value }: { value: string | null }) {
  const format = useFormatter()
  const now = useNow({ updateInterval: 30_000 })
  if (!value) return <span>–</span>
  const then = new Date(value)
  const exact = format.dateTime(then, { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <time dateTime={value} title={exact}>
      {Math.abs(now.getTime() - then.getTime()) < 45_000
        ? format.relativeTime(now, now)
        : format.relativeTime(then, now)}
    </time>
  )
}

/** A day without an hour. */
export function Day({ value }: { value: string | null }) {
  const format = useFormatter()
  if (!value) return <span>–</span>
  const isDayOnly = /^\d{4}-\d\d-\d\d$/.test(value)
  return (
    <time dateTime={value}>
      {format.dateTime(new Date(value), { dateStyle: 'medium', ...(isDayOnly ? { timeZone: 'UTC' } : {}) })}
    </time>
  )
}
