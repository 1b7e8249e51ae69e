import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey } from '#consent'
import type { Person } from './people.ts'

const fields = [
  { key: 'city', label: 'City', type: 'text', choices: null },
  {
    key: 'favourite',
    label: 'Favourite',
    type: 'choice',
    choices: ['Sourdough', 'Croissant', 'Rye', 'Cinnamon bun', 'Focaccia'],
  },
  { key: 'visits', label: 'Visits', type: 'number', choices: null },
  { key: 'birthday', label: 'Birthday', type: 'date', choices: null },
]

/** Fields, contacts and tags of the bakery. Fields and tags that the workspace has already are used, not changed. Ids in the people's order. */
export async function plantPeople(
  trx: TransactionClientContract,
  { workspaceId, people, now }: { workspaceId: number; people: Person[]; now: number }
) {
  await trx.rawQuery(
    `insert into contact_fields (workspace_id, key, label, type, choices, demo)
     select ?, key, label, type, choices, true from jsonb_to_recordset(cast(? as jsonb)) as f (key text, label text, type text, choices jsonb)
     on conflict do nothing`,
    [workspaceId, JSON.stringify(fields)]
  )
  const rows = people.map((person, i) => {
    const key = addressKey(person.email)
    const hash = `\\x${addressHash(workspaceId, key).toString('hex')}`
    return { ...person, i, key, hash, at: new Date(now - person.days_ago * 86_400_000).toISOString() }
  })
  await trx.rawQuery(
    `insert into contacts (workspace_id, email, email_key, email_hash, first_name, last_name, locale, timezone, attributes, origin, demo, created_at, updated_at)
     select ?, email, key, cast(hash as bytea), first_name, last_name, 'en', 'Europe/London', attributes, 'demo', true, at, at
       from jsonb_to_recordset(cast(? as jsonb)) as p (i int, email text, key text, hash text, first_name text, last_name text, attributes jsonb, at timestamptz)
      order by i
     on conflict (workspace_id, email_key) where deleted_at is null do nothing`,
    [workspaceId, JSON.stringify(rows)]
  )
  const { rows: planted } = await trx.rawQuery(
    `select id, email_key from contacts where workspace_id = ? and demo and deleted_at is null`,
    [workspaceId]
  )
  const idOf = new Map<string, number>(planted.map((row: any) => [row.email_key, row.id]))
  const contactIds = rows.map(({ key }) => idOf.get(key)!)
  await plantTags(trx, {
    workspaceId,
    tagged: people.flatMap(({ tags }, i) => tags.map((name) => ({ name, contact_id: contactIds[i] }))),
  })
  return contactIds
}

async function plantTags(
  trx: TransactionClientContract,
  { workspaceId, tagged }: { workspaceId: number; tagged: { name: string; contact_id: number }[] }
) {
  const names = [...new Set(tagged.map(({ name }) => name))]
  await trx.rawQuery(
    `insert into tags (workspace_id, name, name_key, demo) select ?, name, name, true from unnest(cast(? as text[])) as name on conflict do nothing`,
    [workspaceId, names]
  )
  await trx.rawQuery(
    `insert into contact_tags (workspace_id, tag_id, contact_id)
     select ?, t.id, x.contact_id from jsonb_to_recordset(cast(? as jsonb)) as x (name text, contact_id bigint)
       join tags t on t.workspace_id = ? and t.name_key = x.name`,
    [workspaceId, JSON.stringify(tagged), workspaceId]
  )
}
