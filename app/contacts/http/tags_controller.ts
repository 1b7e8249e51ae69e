import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { audit } from '#identity'
import { keysetPage, line, pageRequest, touch } from '#platform'
import { TagNameTaken } from '../errors.ts'
import { Tag } from '../models/tag.ts'
import { tagNames } from '../tags.ts'

const tagValidator = vine.create({ name: line(60).minLength(1) })

/** `GET/POST/DELETE /tags`. Tags also come into being by being used. */
export default class TagsController {
  async index(ctx: HttpContext) {
    const people = db.raw(
      `(select count(*) from contact_tags ct join contacts c on c.workspace_id = ct.workspace_id and c.id = ct.contact_id
        where ct.workspace_id = tags.workspace_id and ct.tag_id = tags.id and c.deleted_at is null) as people`
    )
    return keysetPage(
      Tag.of(ctx.workspace)
        .select('*')
        .select(people as any),
      {
        ...pageRequest(ctx),
        sort: [
          { column: 'name_key', direction: 'asc', value: (tag: Tag) => tag.nameKey },
          { column: 'id', direction: 'asc', value: (tag: Tag) => tag.id },
        ],
        toJson: (tag: Tag) => tagJson(tag, tag.$extras.people),
      }
    )
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(tagValidator)
    const [{ name, key }] = tagNames([input.name])
    if (await Tag.of(workspace).where('name_key', key).first()) {
      throw new TagNameTaken('A tag with this name exists.', { field: 'name' })
    }
    const tag = await db.transaction(async (trx) => {
      const made = await Tag.create({ workspaceId: workspace.id, name, nameKey: key }, { client: trx })
      await made.refresh()
      await audit('tag.created', { workspaceId: workspace.id, actor, subject: { type: 'tag', id: made.id }, trx })
      await touch(trx, workspace.id, ['tags'])
      return made
    })
    return response.created(tagJson(tag, 0))
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const tag = await Tag.of(workspace).findOrFail(params.id)
    await db.transaction(async (trx) => {
      await trx.from('contact_tags').where({ workspace_id: workspace.id, tag_id: tag.id }).delete()
      await tag.useTransaction(trx).delete()
      await audit('tag.deleted', { workspaceId: workspace.id, actor, subject: { type: 'tag', id: tag.id }, trx })
      await touch(trx, workspace.id, ['tags', 'contacts'])
    })
    return response.noContent()
  }
}

const tagJson = (tag: Tag, people: number) => ({
  id: String(tag.id),
  name: tag.name,
  people,
  created_at: tag.createdAt.toUTC().toISO()!,
})
