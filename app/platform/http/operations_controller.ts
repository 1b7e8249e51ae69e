import { timingSafeEqual } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { gaugeText, platformGauges } from '../operations/gauges.ts'
import { httpMetrics } from '../operations/http_metrics.ts'
import { readiness } from '../operations/readiness.ts'
import { Problem } from '../problem.ts'

class NoMetricsToken extends Problem {
  static status = 401
  static code = 'E_UNAUTHORIZED'
}

/** For those who run it: `GET /health/live`, `/health/ready`, `/metrics`. */
export default class OperationsController {
  /** The process answers. It asks nobody, so that a slow database does not get it restarted. */
  live() {
    return { status: 'ok' }
  }

  async ready({ response }: HttpContext) {
    const { ready, checks } = await readiness()
    return response.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', checks })
  }

  async metrics({ request, response }: HttpContext) {
    refuseWithoutToken(request.header('authorization'))
    const { sources } = await import('#start/metrics')
    const gauges = await Promise.all([platformGauges, ...sources].map((source) => source()))
    const text = [httpMetrics(), ...gauges.flat().map(gaugeText)].join('\n')
    return response.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(`${text}\n`)
  }
}

function refuseWithoutToken(shown: string | undefined) {
  const token = env.get('METRICS_TOKEN')
  if (!token) return
  const [wanted, given] = [Buffer.from(`Bearer ${token}`), Buffer.from(shown ?? '')]
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) {
    throw new NoMetricsToken('Send METRICS_TOKEN as Authorization: Bearer.')
  }
}
