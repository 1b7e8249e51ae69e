import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { anyTrackingWords } from '#consent'
import { retentionOf, trackingPolicyOf, type TrackingPolicy } from '#identity'
import { attributeField, coreFields, type Field, type FieldType } from './fields.ts'

/** Everything that the rules of one workspace can name, and the moment at which they are asked. */
export interface Catalogue {
  workspaceId: number
  timezone: string
  now: DateTime
  fields: Map<string, Field>
  topics: Map<string, string>
  segments: Map<string, { name: string; rule: unknown }>
  /** Of whom it is known whether they opened and clicked, and for how many days. */
  tracking: { policy: TrackingPolicy; anyWords: boolean; keptDays: number }
}

export async function catalogueOf(
  workspaceId: number,
  { trx = db.connection(), now = DateTime.utc() }: { trx?: QueryClientContract; now?: DateTime } = {}
): Promise<Catalogue> {
  const [workspace] = await trx
    .from('workspaces')
    .where('id', workspaceId)
    .select('timezone', 'settings', trx.raw(`${anyTrackingWords('workspaces.id')} as has_tracking_words`))
  const fields = await trx.from('contact_fields').where('workspace_id', workspaceId).select('key', 'label', 'type')
  const topics = await trx.from('topics').where('workspace_id', workspaceId).select('id', 'name')
  const segments = await trx
    .from('segments')
    .where('workspace_id', workspaceId)
    .whereNull('deleted_at')
    .select('id', 'name', 'rule')
  return {
    workspaceId,
    timezone: workspace?.timezone ?? 'UTC',
    now,
    fields: new Map(
      [...coreFields, ...fields.map(({ key, label, type }) => attributeField(key, label, type as FieldType))].map(
        (field) => [field.name, field]
      )
    ),
    topics: new Map(topics.map(({ id, name }) => [String(id), name])),
    segments: new Map(segments.map(({ id, name, rule }) => [String(id), { name, rule }])),
    tracking: {
      policy: trackingPolicyOf({ settings: workspace?.settings }),
      anyWords: workspace?.has_tracking_words === true,
      keptDays: retentionOf({ settings: workspace?.settings }).engagements,
    },
  }
}
