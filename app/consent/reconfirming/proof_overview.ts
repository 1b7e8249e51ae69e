import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { boundedQuestion } from '#platform'
import db from '@adonisjs/lucid/services/db'
import {
  strengthSql,
  THE_ENTRY,
  weaknessDetail,
  weaknessesSql,
  type ProofStrength,
  type Weakness,
} from '../proof_strength.ts'

/**
 * How well the agreements to each active topic could be shown: people by strength, and by what is weak (a person may stand under
 * several). Counts everybody who said yes once and has not left, mailable or not; who is deleted is left out, and so are the
 * invented people of the demo, whom nobody asks.
 */
export async function proofOverview({ workspaceId }: { workspaceId: number }) {
  const [strength, weak] = [strengthSql(workspaceId), weaknessesSql(workspaceId)]
  const rows = await boundedQuestion(workspaceId, (limit) =>
    db.transaction(async (trx: TransactionClientContract) => {
      await limit(trx)
      const answer = await trx.rawQuery(
        `select t.id, t.name, s.strength, s.weaknesses, coalesce(s.people, 0)::int as people
         from topics t
         left join (
           select k.topic_id, ${strength.sql} as strength, ${weak.sql} as weaknesses, count(*) as people
           from consents k ${THE_ENTRY}
           where k.workspace_id = ? and k.channel = 'email' and k.status = 'granted'
             and not exists (select from contacts c where c.workspace_id = k.workspace_id and c.id = k.contact_id and (c.deleted_at is not null or c.demo))
           group by 1, 2, 3
         ) s on s.topic_id = t.id
         where t.workspace_id = ? and t.archived_at is null order by lower(t.name), t.id`,
        [...strength.bindings, ...weak.bindings, workspaceId, workspaceId] as any[]
      )
      return answer.rows as Counted[]
    })
  )
  return [...new Set(rows.map(({ id }) => id))].map((id) => ofTopic(rows.filter((row) => row.id === id)))
}

interface Counted {
  id: number
  name: string
  strength: ProofStrength | null
  weaknesses: Weakness[] | null
  people: number
}

function ofTopic(rows: Counted[]) {
  const sum = (which: (row: Counted) => boolean) => rows.filter(which).reduce((total, { people }) => total + people, 0)
  const names = [...new Set(rows.flatMap(({ weaknesses }) => weaknesses ?? []))]
  return {
    topic_id: String(rows[0].id),
    topic_name: rows[0].name,
    strong: sum(({ strength }) => strength === 'strong'),
    fair: sum(({ strength }) => strength === 'fair'),
    weak: sum(({ strength }) => strength === 'weak'),
    weaknesses: names.map((name) => ({
      name,
      detail: weaknessDetail(name),
      people: sum(({ weaknesses }) => weaknesses?.includes(name) ?? false),
    })),
  }
}
