import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { touch } from '#platform'
import { audit } from '../audit.ts'
import { InvalidSetting, SenderInUse } from '../errors.ts'
import type { Workspace } from '../models/workspace.ts'
import { changedSettings } from '../workspaces/change_settings.ts'
import { openWorkspace } from '../workspaces/open_workspace.ts'
import { senderUses, usesInWords } from '../workspaces/sender_uses.ts'
import { isLocale, isTimezone } from '../workspaces/workspace_settings.ts'
import { fromRequest } from './from_request.ts'
import { workspaceJson, workspacesOf } from './identity_json.ts'
import { openWorkspaceValidator, updateWorkspaceValidator } from './identity_validators.ts'

/** `GET/POST /workspaces`: a person's own. `GET/PATCH /workspace`: the settings of the one this request is about. */
export default class WorkspacesController {
  async index({ person }: HttpContext) {
    return { data: await workspacesOf(person), next_cursor: null }
  }

  async store(ctx: HttpContext) {
    const { name } = await ctx.request.validateUsing(openWorkspaceValidator)
    const workspace = await db.transaction((trx) =>
      openWorkspace({ name, owner: ctx.person, from: fromRequest(ctx), trx })
    )
    return ctx.response.created(workspaceJson(workspace))
  }

  async show({ workspace }: HttpContext) {
    return workspaceJson(workspace)
  }

  async update({ request, workspace, membership, actor }: HttpContext) {
    const input = await request.validateUsing(updateWorkspaceValidator)
    if (input.timezone !== undefined && !isTimezone(input.timezone)) {
      throw new InvalidSetting('Choose a time zone of the IANA list, such as Europe/Vienna.', { field: 'timezone' })
    }
    if (input.locale !== undefined && !isLocale(input.locale)) {
      throw new InvalidSetting('Choose a language tag, such as en or de-AT.', { field: 'locale' })
    }
    await db.transaction(async (trx) => {
      // The settings are one value: what somebody else saved since the request began (how long data is kept, say) must stay.
      await trx.from('workspaces').where('id', workspace.id).forUpdate().select('id')
      await workspace.useTransaction(trx).refresh()
      if (input.default_from_email === null) await refuseSilence(workspace, trx)
      await workspace
        .merge({
          ...(input.name === undefined ? {} : { name: input.name }),
          ...(input.timezone === undefined ? {} : { timezone: input.timezone }),
          ...(input.locale === undefined ? {} : { locale: Intl.getCanonicalLocales(input.locale)[0] }),
          ...(input.postal_address === undefined ? {} : { postalAddress: input.postal_address || null }),
          ...(input.default_from_name === undefined ? {} : { defaultFromName: input.default_from_name || null }),
          ...(input.default_from_email === undefined ? {} : { defaultFromEmail: input.default_from_email }),
          settings: changedSettings(workspace, input, membership),
        })
        .save()
      await audit('workspace.updated', {
        workspaceId: workspace.id,
        actor,
        subject: { type: 'workspace', id: workspace.id },
        details: {
          changed: Object.keys(input),
          ...(input.tracking_policy && { tracking_policy: input.tracking_policy }),
          ...(input.legitimate_interest_b2b && { legitimate_interest_b2b: input.legitimate_interest_b2b }),
        },
        trx,
      })
      await touch(trx, workspace.id, ['workspace', 'me'])
    })
    return workspaceJson(workspace)
  }
}

/** Confirmations that a form promises, and questions that the clock asks, have no other sender than this one. */
async function refuseSilence({ id, defaultFromEmail }: Workspace, trx: TransactionClientContract) {
  if (!defaultFromEmail) return
  const uses = await senderUses({ workspaceId: id, isDefault: true, domain: null, trx })
  if (uses.length === 0) return
  throw new SenderInUse(
    `Mails leave from this address: ${usesInWords(uses)}. Give another one instead of none, or close these first.`,
    { field: 'default_from_email', uses }
  )
}
