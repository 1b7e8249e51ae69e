import { ok } from './answer.js'

/** GET /usage: quotas, their resets, and the rate limit. Source: Resend changelog, "Usage API". */
export async function showUsage({ quota, rateLimit, domains }) {
  const emails = quota.usage
  return ok({
    object: 'usage',
    emails,
    contacts: { used: 0, limit: 1_000 },
    segments: { used: 0, limit: 3 },
    broadcasts: { used: 0, limit: null },
    ai_credits: { used: 0, limit: null, next_increase_at: null },
    automation_runs: { used: 0, limit: 10_000, resets_at: emails.monthly.resets_at },
    domains: { used: domains.all.length, limit: 10 },
    rate_limit: { limit: rateLimit.limit, duration: '1s' },
  })
}
