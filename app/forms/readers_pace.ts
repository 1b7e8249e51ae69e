import limiter from '@adonisjs/limiter/services/main'

const PACE = { requests: 60, duration: '1 hour' }

/**
 * More than a person changes their mind is a machine that fills a ledger from which nothing can be taken: 429. Never asked of
 * who leaves: that is written down once, however often it is said.
 */
export const keepReadersPace = ({ workspaceId, person }: { workspaceId: number; person: { id: number } | null }) =>
  limiter.use('database', PACE).consume(`reader:${workspaceId}:${person!.id}`)
