import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import { Problem } from '../problem.ts'

class KeyReused extends Problem {
  static status = 409
  static code = 'E_IDEMPOTENCY_KEY_REUSED'
}

class KeyInUse extends Problem {
  static status = 409
  static code = 'E_IDEMPOTENCY_KEY_IN_USE'
}

class BadKey extends Problem {
  static status = 400
  static code = 'E_BAD_IDEMPOTENCY_KEY'
}

/**
 * `Idempotency-Key` on a POST: the first request does the work, the same one again gets the first one's answer, for
 * 24 hours. A request that failed frees its key. One whose process died keeps it: nobody knows whether it was done, and
 * doing it twice is what the key forbids. Answers are stored encrypted, for some hold a secret.
 */
export default class IdempotencyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const key = ctx.request.header('idempotency-key')
    if (ctx.request.method() !== 'POST' || key === undefined) return next()
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new BadKey('An Idempotency-Key has 1 to 255 visible ASCII characters. A UUID is good.')
    }
    const slot = { workspaceId: ctx.workspace.id, key, hash: hashOf(ctx) }
    if (!(await take(slot))) return repeat(ctx, slot)
    try {
      await next()
    } catch (error) {
      await free(slot)
      throw error
    }
    const status = ctx.response.getStatus()
    if (status >= 200 && status < 300) await keep(slot, { status, body: ctx.response.getBody() ?? null })
    else await free(slot)
  }
}

interface Slot {
  workspaceId: number
  key: string
  hash: string
}

/** Who asks what of which door. The body of an upload is a stream that was not read yet: its length stands for it. */
function hashOf({ request, caller }: HttpContext): string {
  const body = request.raw() ?? `length ${request.header('content-length') ?? 'unknown'}`
  return createHash('sha256')
    .update([caller, request.url(true), body].join('\n'))
    .digest('hex')
}

async function take({ workspaceId, key, hash }: Slot): Promise<boolean> {
  const { rowCount } = await db.rawQuery(
    `insert into idempotency_keys (workspace_id, key, request_hash) values (?, ?, ?)
     on conflict (workspace_id, key) do update
       set request_hash = excluded.request_hash, status = null, answer = null, created_at = now()
       where idempotency_keys.created_at < now() - interval '24 hours'`,
    [workspaceId, key, hash]
  )
  return rowCount === 1
}

async function repeat(ctx: HttpContext, { workspaceId, key, hash }: Slot) {
  const row = await db.from('idempotency_keys').where({ workspace_id: workspaceId, key }).first()
  if (row && row.request_hash !== hash) {
    throw new KeyReused('This Idempotency-Key was used for another request. Take a new one for each thing to do.')
  }
  if (!row || row.status === null) {
    throw new KeyInUse(
      'The first request with this Idempotency-Key has not ended. Wait and ask again; after an interruption, look whether the thing was done before you take a new key.'
    )
  }
  ctx.response.header('idempotent-replayed', 'true')
  return ctx.response
    .status(row.status)
    .send(JSON.parse(encryption.decrypt<string>(row.answer, purposeOf(workspaceId))!))
}

async function keep({ workspaceId, key }: Slot, { status, body }: { status: number; body: unknown }) {
  await db
    .from('idempotency_keys')
    .where({ workspace_id: workspaceId, key })
    .update({ status, answer: encryption.encrypt(JSON.stringify(body), { purpose: purposeOf(workspaceId) }) })
}

async function free({ workspaceId, key }: Slot) {
  await db.from('idempotency_keys').where({ workspace_id: workspaceId, key }).delete()
}

const purposeOf = (workspaceId: number) => `idempotency:${workspaceId}`
