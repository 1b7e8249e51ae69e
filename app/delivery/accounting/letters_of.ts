import type { QueryClientContract } from '@adonisjs/lucid/types/database'

interface Shipped {
  workspace_id: number
  id: number
  edition_id: number
  earlier_editions: number[]
}

const editionsOf = ({ earlier_editions: earlier, edition_id: last }: Shipped) => [...earlier, last]

/** 1 for the letter that was sent first, 2 for what it was changed to on the way, and so on; null for none. */
export function letterNo(shipment: Shipped, editionId: number | null): number | null {
  const no = editionsOf(shipment).indexOf(editionId ?? 0)
  return no < 0 ? null : no + 1
}

export interface Letter {
  no: number
  subject: string
  people: number
}

/** Each letter of a campaign and how many got it: one, unless it was changed on the way. */
export async function lettersOf(shipment: Shipped, client: QueryClientContract): Promise<Letter[]> {
  const ids = editionsOf(shipment)
  const { rows } = await client.rawQuery(
    `select e.id, e.subject, (
       select coalesce(sum(b.accepted), 0)::int from batches b
       where b.workspace_id = e.workspace_id and b.shipment_id = ? and b.edition_id = e.id
     ) as people
     from editions e where e.workspace_id = ? and e.id = any(?::bigint[])`,
    [shipment.id, shipment.workspace_id, ids] as any[]
  )
  return rows
    .map(({ id, subject, people }: any) => ({ no: letterNo(shipment, id)!, subject, people }))
    .sort((a: Letter, b: Letter) => a.no - b.no)
}
