import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** `asked = confirmed + declined + reacted + silent + waiting`; who could not be asked is counted beside, by reason. */
export interface Answers {
  asked: number
  waiting: number
  confirmed: number
  declined: number
  /** Silent to the question, but they did something else that shows that they are there (sunset). */
  reacted: number
  silent: number
  not_asked: Record<string, number>
  /** Of those who were silent, or not asked: who answered after the end. */
  late: { confirmed: number; declined: number }
}

/** The account of each of the re-confirmations, in their order. While one waits, who was chosen counts as waiting. */
export async function countAnswers({
  workspaceId,
  ids,
  client,
}: {
  workspaceId: number
  ids: number[]
  client: Pick<QueryClientContract, 'rawQuery'>
}): Promise<Answers[]> {
  const { rows } = await client.rawQuery(
    `select reconfirmation_id as id, state, case when state = 'not_asked' then coalesce(reason, 'unknown') end as reason, late_answer,
       count(*)::int as people
     from reconfirmation_people where workspace_id = ? and reconfirmation_id = any(?) group by 1, 2, 3, 4`,
    [workspaceId, ids] as any[]
  )
  return ids.map((id) => accountOf(rows.filter((row: Counted) => row.id === id)))
}

interface Counted {
  id: number
  state: 'chosen' | 'confirmed' | 'declined' | 'reacted' | 'silent' | 'not_asked'
  reason: string | null
  late_answer: 'confirmed' | 'declined' | null
  people: number
}

function accountOf(rows: Counted[]): Answers {
  const sum = (which: (row: Counted) => boolean) => rows.filter(which).reduce((total, { people }) => total + people, 0)
  const of = (state: Counted['state']) => sum((row) => row.state === state)
  const reasons = [...new Set(rows.flatMap(({ reason }) => reason ?? []))].sort()
  return {
    asked: sum(({ state }) => state !== 'not_asked'),
    waiting: of('chosen'),
    confirmed: of('confirmed'),
    declined: of('declined'),
    reacted: of('reacted'),
    silent: of('silent'),
    not_asked: Object.fromEntries(reasons.map((reason) => [reason, sum((row) => row.reason === reason)])),
    late: {
      confirmed: sum((row) => row.late_answer === 'confirmed'),
      declined: sum((row) => row.late_answer === 'declined'),
    },
  }
}
