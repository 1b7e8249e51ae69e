import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { boundedQuestion } from '#platform'
import db from '@adonisjs/lucid/services/db'
import {
  strengthCounts,
  THE_ENTRY,
  weaknessDetail,
  weaknessNames,
  type ProofStrength,
  type Weakness,
} from '../proof_strength.ts'

/**
 * How well the agreements to each active topic could be shown: people by strength, and by what is weak (a person may stand under
 * several). Counts everybody who said yes once and has not left, mailable or not; who is deleted is left out, and so are the
 * invented people of the demo, whom nobody asks.
 */
export async function proofOverview({ workspaceId }: { workspaceId: number }) {
  const counts = strengthCounts(workspaceId)
  const rows = await boundedQuestion(workspaceId, (limit) =>
    db.transaction(async (trx: TransactionClientContract) => {
      await limit(trx)
      const answer = await trx.rawQuery(
        `select t.id, t.name, s.*
         from topics t
         left join (
           select k.topic_id, ${counts.sql}
           from consents k ${THE_ENTRY}
           where k.workspace_id = ? and k.channel = 'email' and k.status = 'granted'
             and not exists (select from contacts c where c.workspace_id = k.workspace_id and c.id = k.contact_id and (c.deleted_at is not null or c.demo))
           group by k.topic_id
         ) s on s.topic_id = t.id
         where t.workspace_id = ? and t.archived_at is null order by lower(t.name), t.id`,
        [...counts.bindings, workspaceId, workspaceId] as any[]
      )
      return answer.rows as Counted[]
    })
  )
  return rows.map(ofTopic)
}

/** Null where nobody agreed. */
type Counted = { id: number; name: string } & Record<ProofStrength | Weakness, number | null>

const ofTopic = (row: Counted) => ({
  topic_id: String(row.id),
  topic_name: row.name,
  strong: row.strong ?? 0,
  fair: row.fair ?? 0,
  weak: row.weak ?? 0,
  weaknesses: weaknessNames
    .map((name) => ({ name, detail: weaknessDetail(name), people: row[name] ?? 0 }))
    .filter(({ people }) => people > 0),
})
