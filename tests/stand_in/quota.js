import { Refusal } from './refusal.js'

/**
 * How many mails the team may send a day and a month (UTC); every recipient counts.
 * Source: Resend docs, "Account quotas and limits".
 */
export class Quota {
  #used = new Map()

  /**
   * @param {import('./clock.js').Clock} clock
   * @param {{ dailyQuota: number, monthlyQuota: number, quotaResetsIn?: number }} options read on every call
   */
  constructor(clock, options) {
    this.clock = clock
    this.options = options
  }

  /** Spends `mails`, or throws 429 and spends nothing. */
  spend(mails) {
    const { dailyQuota, monthlyQuota } = this.options
    if (dailyQuota && this.daily + mails > dailyQuota) throw quotaExceeded('daily')
    if (this.monthly + mails > monthlyQuota) throw quotaExceeded('monthly')
    this.#used.set(this.#day, this.daily + mails)
    this.#used.set(this.#month, this.monthly + mails)
  }

  /** Mails spent today. */
  get daily() {
    return this.#used.get(this.#day) ?? 0
  }

  /** Mails spent this month. */
  get monthly() {
    return this.#used.get(this.#month) ?? 0
  }

  /** The headers of every answer; the daily one is sent on plans with a daily limit only. */
  get headers() {
    const headers = { 'x-resend-monthly-quota': String(this.monthly) }
    if (this.options.dailyQuota) headers['x-resend-daily-quota'] = String(this.daily)
    return headers
  }

  /** `emails` of GET /usage. */
  get usage() {
    const now = new Date(this.clock.now())
    const soon = this.options.quotaResetsIn ? now.getTime() + this.options.quotaResetsIn : null
    const tomorrow = soon ?? Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)
    const nextMonth = soon ?? Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)
    return {
      daily: period(this.daily, this.options.dailyQuota || null, tomorrow),
      monthly: period(this.monthly, this.options.monthlyQuota, nextMonth),
    }
  }

  reset() {
    this.#used.clear()
  }

  get #day() {
    return this.clock.iso().slice(0, 10)
  }

  get #month() {
    return this.clock.iso().slice(0, 7)
  }
}

/**
 * 429 `daily_quota_exceeded` or `monthly_quota_exceeded`: waiting a second does not help.
 * @param {'daily' | 'monthly'} which
 */
export function quotaExceeded(which) {
  return new Refusal(429, `${which}_quota_exceeded`, `You have reached your ${which} email sending quota.`)
}

function period(used, limit, resetsAt) {
  return { used, limit, sent: used, received: 0, resets_at: new Date(resetsAt).toISOString() }
}
