import db from '@adonisjs/lucid/services/db'
import { languageAmong } from '#contacts'
import { comparingSets, type SqlPiece } from '#platform'
import { dividedAudience } from './divided_audience.ts'

/** The language of a letter, and those in which there is another for who reads them. */
export interface Languages {
  own: string
  others: string[]
}

export interface AudiencePreview {
  candidates: number
  mailable: number
  excluded: Record<string, number>
  /** Who gets the letter in which language, where there are several: their sum is `mailable`. */
  languages?: Record<string, number>
}

/** What a freeze would find now: `candidates = mailable + the sum of excluded`, excluded by reason. */
export async function previewAudience({
  languages,
  ...audience
}: {
  workspaceId: number
  people: SqlPiece
  topicId: number
  channel: string
  asks?: number | null
  languages?: Languages
}): Promise<AudiencePreview> {
  const divided = dividedAudience(audience)
  const spoken = languages ? readBy(languages, audience.workspaceId) : { sql: '', bindings: [] }
  return db.transaction(async (trx) => {
    const { rows } = await comparingSets(trx, () =>
      trx.rawQuery(
        `with ${divided.sql}
         select coalesce(sum(n), 0)::int as candidates,
           coalesce(sum(n) filter (where reason is null), 0)::int as mailable,
           coalesce(jsonb_object_agg(reason, n) filter (where reason is not null), '{}') as excluded ${spoken.sql}
         from (select reason, count(*) as n from judged group by reason) as counted`,
        [...divided.bindings, ...spoken.bindings] as any[]
      )
    )
    return rows[0]
  })
}

const readBy = ({ own, others }: Languages, workspaceId: number): SqlPiece => ({
  sql: `, (select coalesce(jsonb_object_agg(language, n), '{}') from (
      select coalesce(${languageAmong('c.locale')}, ?) as language, count(*) as n
      from allowed join contacts c on c.workspace_id = ? and c.id = allowed.contact_id group by 1
    ) as read) as languages`,
  bindings: [others, own, workspaceId],
})
