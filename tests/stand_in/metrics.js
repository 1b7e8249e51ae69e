const COUNTED = [
  'received',
  'sent',
  'delivered',
  'delivery_delayed',
  'bounced',
  'bounced_permanent',
  'bounced_transient',
  'bounced_undetermined',
  'complained',
  'suppressed',
  'failed',
  'opened',
  'clicked',
  'unique_opened',
  'unique_clicked',
  'unsubscribed',
]

/** How many events of each kind there were on each day (UTC). Source: Resend docs, "Email metrics". */
export class Metrics {
  /** @type {Map<string, Record<string, number>>} by day, YYYY-MM-DD */
  #days = new Map()

  /**
   * @param {string} name of the event, without `email.`
   * @param {string} at ISO 8601
   * @param {{ bounce?: { type: string } }} [details]
   */
  count(name, at, details) {
    const day = at.slice(0, 10)
    if (!this.#days.has(day)) this.#days.set(day, {})
    const counts = this.#days.get(day)
    counts[name] = (counts[name] ?? 0) + 1
    if (name !== 'bounced') return
    const kind = `bounced_${(details?.bounce?.type ?? 'Undetermined').toLowerCase()}`
    counts[kind] = (counts[kind] ?? 0) + 1
  }

  /** The totals from one day to another, both included. */
  totals(from, to) {
    const days = [...this.#days].filter(([day]) => day >= from && day <= to).map(([, counts]) => counts)
    return withRates(Object.fromEntries(COUNTED.map((name) => [name, sum(days.map((counts) => counts[name] ?? 0))])))
  }

  /** The same day by day, only days on which something happened. */
  byDay(from, to) {
    const days = [...this.#days.keys()].filter((day) => day >= from && day <= to).sort()
    return days.map((day) => ({ period: day, ...this.totals(day, day) }))
  }

  reset() {
    this.#days.clear()
  }
}

function withRates(counts) {
  const rate = (part, whole) => (whole ? part / whole : 0)
  return {
    ...counts,
    delivery_rate: rate(counts.delivered, counts.sent),
    bounce_rate: rate(counts.bounced, counts.sent),
    complaint_rate: rate(counts.complained, counts.delivered),
    open_rate: rate(counts.unique_opened, counts.delivered),
    click_rate: rate(counts.unique_clicked, counts.delivered),
    unsubscribe_rate: rate(counts.unsubscribed, counts.delivered),
  }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
