import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { cleanLine, keysetPage, pageRequest } from '#platform'
import { addressHash, addressKey, givenAddresses } from '../address.ts'
import { InvalidAddress } from '../errors.ts'
import { Suppression } from '../models/suppression.ts'
import { needsNewConsent, suppress, type suppressionReasons } from '../suppress.ts'
import { suppressValidator } from './suppressions_validator.ts'

/** `GET/POST /suppressions`: addresses that nothing is sent to, whoever they belong to. */
export default class SuppressionsController {
  async index(ctx: HttpContext) {
    const query = Suppression.of(ctx.workspace)
    const q = cleanLine(String(ctx.request.input('q') ?? ''))
      .toLowerCase()
      .slice(0, 320)
    if (q) {
      query.where((either) => {
        either.whereRaw('lower(address) like ?', [`%${q.replace(/[\\%_]/g, '\\$&')}%`])
        const hash = hashOrNull(ctx.workspace.id, q)
        if (hash) either.orWhere('address_hash', hash)
      })
    }
    const reason = String(ctx.request.input('reason') ?? '')
    if (reason) query.where('reason', cleanLine(reason))
    return keysetPage(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (row: Suppression) => row.id }],
      toJson: suppressionJson,
    })
  }

  /** One (`address`: answers the suppression) or many (`addresses`: answers how many were new, and all of them). */
  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(suppressValidator)
    const addresses = givenAddresses(workspace.id, input)
    const { suppressed } = await db.transaction((trx) =>
      suppress({
        workspaceId: workspace.id,
        channel: input.channel ?? 'email',
        addresses,
        reason: input.reason ?? 'manual',
        source: actor.kind === 'token' ? 'API' : 'by hand',
        note: input.note,
        actor,
        trx,
      })
    )
    const rows = await Suppression.of(workspace)
      .where('channel', input.channel ?? 'email')
      .whereIn(
        'address_hash',
        addresses.map(({ hash }) => hash)
      )
      .orderBy('id')
    const data = rows.map(suppressionJson)
    return response.created(input.address === undefined ? { suppressed, data } : data[0])
  }
}

/** An erased address is known by its hash alone: who has the whole address finds it. */
function hashOrNull(workspaceId: number, q: string): Buffer | null {
  try {
    return addressHash(workspaceId, addressKey(q))
  } catch (error) {
    if (!(error instanceof InvalidAddress)) throw error
    return null
  }
}

const suppressionJson = (row: Suppression) => ({
  id: String(row.id),
  channel: row.channel,
  /** null: erased, only its hash is kept. */
  address: row.address,
  reason: row.reason as (typeof suppressionReasons)[number],
  note: row.note,
  source: row.source,
  needs_new_consent: needsNewConsent(row),
  created_at: row.createdAt.toUTC().toISO()!,
})
