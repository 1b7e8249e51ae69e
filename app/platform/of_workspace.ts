import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import type { BaseModel } from '@adonisjs/lucid/orm'
import { errors } from '@adonisjs/lucid'
import { ModelQueryBuilder } from '@adonisjs/lucid/orm'
import type { LucidModel, ModelAdapterOptions, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'

/**
 * A record that belongs to a workspace: `Campaign.of(workspace)` is the only way in, so a stranger's id is simply not
 * there. Its own updates and deletes name the workspace too, which is how the keys (workspace_id, id) are used.
 */
export const OfWorkspace = <T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) => {
  class Record extends superclass {
    declare workspaceId: number

    static of<M extends LucidModel>(
      this: M,
      workspace: { id: number },
      options?: ModelAdapterOptions
    ): ModelQueryBuilderContract<M, InstanceType<M>> {
      return this.query(options).where('workspace_id', workspace.id) as ModelQueryBuilderContract<M, InstanceType<M>>
    }

    $getQueryFor(action: any, client: any): any {
      const query = super.$getQueryFor(action, client)
      return action === 'insert' ? query : (query as any).where('workspace_id', this.workspaceId)
    }
  }
  return Record
}

/** Ids come from outside as strings: what is not a positive whole number is nobody's id, not a database error. */
ModelQueryBuilder.macro('findOrFail', function (this: any, id: string | number) {
  if (!/^\d{1,15}$/.test(String(id))) {
    throw new errors.E_ROW_NOT_FOUND(this.model)
  }
  return this.where('id', Number(id)).firstOrFail()
})

declare module '@adonisjs/lucid/orm' {
  interface ModelQueryBuilder {
    findOrFail(id: string | number): Promise<any>
  }
}
declare module '@adonisjs/lucid/types/model' {
  interface ModelQueryBuilderContract<Model extends LucidModel, Result> {
    /** The record with this id among those of the query; 404 when there is none. */
    findOrFail(id: string | number): Promise<Result>
  }
}
