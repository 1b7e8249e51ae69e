/** What TypeScript tests see of the stand-in; the comments are in `server.js` and `control.js`. */
export type ChaosRule = {
  match?: { path?: string; method?: string }
  times?: number
  probability?: number
  seed?: number
  effect:
    | 'latency'
    | 'hold'
    | 'drop_before'
    | 'drop_after_accept'
    | 'status'
    | 'html'
    | 'truncate'
    | 'hang'
    | 'null_body'
    | 'rate_limit'
    | 'daily_quota'
    | 'monthly_quota'
  status?: number
  name?: string
  message?: string
  ms?: number
  accept?: boolean
}

export type HandmadeEvent = {
  type: string
  email_id?: string
  to?: string
  delay_ms?: number
  order?: number
  created_at?: string
  details?: object
}

export type WebhookCounts = { delivered: number; failed: number; attempts: number; pending: number }

export type StandIn = {
  url: string
  port: number
  world: any
  close(): Promise<void>
  mails(filter?: { to?: string; tags?: Record<string, string>; limit?: number }): Promise<any[]>
  ledger(tag: string, value?: string): Record<string, number>
  stats(): {
    requests: number
    calls: number
    accepted: number
    replays: number
    conflicts: number
    in_flight: number
    rate_limited: number
    refused: number
    duplicates: number
    quota: { daily: number; monthly: number }
    webhooks: WebhookCounts
    rss: number
    cpu_seconds: number
  }
  reset(): Promise<void>
  chaos(rules?: ChaosRule[]): void
  advance(ms: number): void
  set(options: Record<string, unknown>): void
  pauseWebhooks(isPaused?: boolean): void
  addWebhook(wish: { endpoint: string; events?: string[] | null; secret?: string }): {
    id: string
    signing_secret: string
  }
  emit(events: HandmadeEvent[]): void
  flush(): Promise<WebhookCounts>
}

export function startStandIn(options?: Record<string, unknown>): Promise<StandIn>
