import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { givenAddresses, NoSuchSuppression, Suppression } from '#consent'
import { importSuppressions } from '../suppressions/import_suppressions.ts'
import { liftSuppressions } from '../suppressions/lift_suppressions.ts'
import { suppressionFileValidator, unsuppressValidator } from './suppressions_validator.ts'
import { uploadedFile } from './uploaded_file.ts'

/** What happens to suppressed addresses beside the contacts who have them: a file of them comes in, some are lifted. */
export default class SuppressedAddressesController {
  static uploads = ['store']

  async store(ctx: HttpContext) {
    const data = ctx.request.qs()
    const input = await ctx.request.validateUsing(suppressionFileValidator, { data })
    const { dry_run: dryRun = false, reason = 'imported', note = null } = input
    const answer = await uploadedFile(ctx, ({ stream, fileName }) =>
      importSuppressions({
        workspaceId: ctx.workspace.id,
        stream,
        fileName,
        reason,
        note,
        dryRun,
        actor: ctx.actor,
      })
    )
    return dryRun ? answer : ctx.response.created(answer)
  }

  async destroy({ params, request, response, workspace, actor }: HttpContext) {
    const suppression = await Suppression.of(workspace).findOrFail(params.id)
    const { reason, ...input } = await request.validateUsing(unsuppressValidator)
    const given = input.address === undefined ? [] : givenAddresses(workspace.id, { address: input.address })
    await db.transaction((trx) =>
      liftSuppressions({ workspaceId: workspace.id, suppressions: [suppression], given, reason, actor, trx })
    )
    return response.noContent()
  }

  async destroyMany({ request, workspace, actor }: HttpContext) {
    const { reason, ...input } = await request.validateUsing(unsuppressValidator)
    const given = givenAddresses(workspace.id, input)
    const suppressions = await Suppression.of(workspace)
      .where('channel', 'email')
      .whereIn(
        'address_hash',
        given.map(({ hash }) => hash)
      )
    if (suppressions.length === 0) throw new NoSuchSuppression('There is no such suppression.')
    return db.transaction((trx) =>
      liftSuppressions({ workspaceId: workspace.id, suppressions, given, reason, actor, trx })
    )
  }
}
