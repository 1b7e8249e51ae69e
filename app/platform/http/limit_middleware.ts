import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import limiter from '@adonisjs/limiter/services/main'

/**
 * How much one caller may ask. `strangers` and `program` are counted in rows, for all processes together; `doors`
 * (links, pixels, unsubscribing) within each process, where a count costs no question to the database.
 */
const policies = {
  /** Doors that check secrets: sign-in, invitations, resets. By address of the network. */
  strangers: { store: 'database', requests: 600, duration: '1 min' },
  /** A program's token, or the person behind a session: a stop for what runs wild, not a quota. */
  program: { store: 'database', requests: 12_000, duration: '1 min' },
  /** Mail providers fetch for thousands of people from one address. */
  doors: { store: 'memory', requests: 30_000, duration: '1 min' },
  /** Posts of sign-up forms: enough for the tablet on a fair's counter. By address of the network. */
  sign_ups: { store: 'database', requests: 60, duration: '10 min' },
  /** Puzzles of sign-up forms: each costs a third of a millisecond to make. */
  puzzles: { store: 'memory', requests: 300, duration: '10 min' },
  /** What a provider tells one workspace: beyond the provider's own pace something is wrong, and it tries again later. */
  webhooks: { store: 'memory', requests: 60_000, duration: '1 min' },
} as const

export default class LimitMiddleware {
  async handle(ctx: HttpContext, next: NextFn, policy: keyof typeof policies) {
    const { store, requests, duration } = policies[policy]
    const caller = counted(ctx, policy)
    await limiter.use(store, { requests, duration }).consume(`${policy}:${caller}`)
    return next()
  }
}

function counted(ctx: HttpContext, policy: keyof typeof policies): string {
  if (policy === 'program') return ctx.caller
  return policy === 'webhooks' ? ctx.params.workspace_key.slice(0, 100) : ctx.request.ip()
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Who is counted: set by whoever finds out who asks (identity). */
    caller: string
  }
}
