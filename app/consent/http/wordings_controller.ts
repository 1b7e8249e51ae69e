import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { cleanLine, keysetPage, pageRequest } from '#platform'
import { NoSuchWording } from '../errors.ts'
import { keepWording, reviseWording, versionsOf, type Wording, WORDING } from '../wordings.ts'
import { wordingJson } from './wording_json.ts'
import { createWordingValidator, reviseWordingValidator } from './wordings_validator.ts'

/**
 * `GET/POST /wordings`, `POST /wordings/:id/revise`: what people are told when they are asked. A wording is never changed
 * and never deleted: it gets a next version.
 */
export default class WordingsController {
  /** The newest version of each, newest wording first; `origin=written` leaves out what came with a statement. */
  async index(ctx: HttpContext) {
    const query = db
      .from('consent_wordings as w')
      .where('w.workspace_id', ctx.workspace.id)
      .select(db.raw(WORDING))
      .whereRaw(
        `not exists (select from consent_wordings n
           where n.workspace_id = w.workspace_id and n.id = w.id and n.version > w.version)`
      )
    const origin = cleanLine(String(ctx.request.input('origin') ?? ''))
    if (origin) query.where('w.origin', origin)
    return keysetPage(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'w.id', direction: 'desc', value: (row: Wording) => row.id }],
      toJson: wordingJson,
    })
  }

  /** Every version, newest first, with the newest one's facts on top. */
  async show({ params, workspace }: HttpContext) {
    return withVersions(workspace.id, wordingId(params.id))
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(createWordingValidator)
    const wording = await db.transaction((trx) => keepWording({ workspaceId: workspace.id, ...input, actor, trx }))
    return response.created(wordingJson(wording))
  }

  async revise({ params, request, workspace, actor }: HttpContext) {
    const id = wordingId(params.id)
    const input = await request.validateUsing(reviseWordingValidator)
    return wordingJson(
      await db.transaction((trx) => reviseWording({ workspaceId: workspace.id, id, ...input, actor, trx }))
    )
  }
}

async function withVersions(workspaceId: number, id: number) {
  const versions = (await versionsOf({ workspaceId, id })).map(wordingJson)
  return { ...versions[0], versions }
}

function wordingId(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw new NoSuchWording('There is no such wording.')
  return Number(given)
}
