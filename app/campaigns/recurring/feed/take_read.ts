import limiter from '@adonisjs/limiter/services/main'

/** People may have feeds read so often: they are other people's servers. The calendar has its own pace. @throws 429 */
export const takeRead = (workspaceId: number) =>
  limiter.use('database', { requests: 30, duration: '10 minutes' }).consume(`feeds:${workspaceId}`)
