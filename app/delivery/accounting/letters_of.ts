import type { QueryClientContract } from '@adonisjs/lucid/types/database'

interface Shipped {
  workspace_id: number
  id: number
  edition_id: number
  earlier_editions: number[]
  letters: Record<string, number>
}

/** SQL: the editions that a shipment (without a name of its own) has now, its own first, in an order that stays. */
export const PRESENT_EDITIONS = `edition_id || array(select value::bigint from jsonb_each_text(letters) order by key)`

const editionsOf = ({ earlier_editions: earlier, edition_id: own, letters }: Shipped) => [
  ...earlier,
  own,
  ...Object.keys(letters)
    .sort()
    .map((language) => letters[language]),
]

/** 1 for the letter that was sent first, 2 for the next language or for what it was changed to on the way, and so on; null for none. */
export function letterNo(shipment: Shipped, editionId: number | null): number | null {
  const no = editionsOf(shipment).indexOf(editionId ?? 0)
  return no < 0 ? null : no + 1
}

export interface Letter {
  no: number
  subject: string
  /** As its dates are written (BCP 47). */
  language: string
  people: number
}

/** Each letter of a campaign and how many got it: one, unless it goes out in several languages or was changed on the way. */
export async function lettersOf(shipment: Shipped, client: QueryClientContract): Promise<Letter[]> {
  const ids = editionsOf(shipment)
  const { rows } = await client.rawQuery(
    `select e.id, e.subject, e.setting #>> '{manner,locale}' as language, (
       select coalesce(sum(b.accepted), 0)::int from batches b
       where b.workspace_id = e.workspace_id and b.shipment_id = ? and b.edition_id = e.id
     ) as people
     from editions e where e.workspace_id = ? and e.id = any(?::bigint[])`,
    [shipment.id, shipment.workspace_id, ids] as any[]
  )
  return rows
    .map(({ id, ...letter }: any) => ({ no: letterNo(shipment, id)!, ...letter }))
    .sort((a: Letter, b: Letter) => a.no - b.no)
}
