import { parseArgs } from 'node:util'
import { boot } from './support/app.ts'
import { asOwner } from './support/as_owner.ts'
import { letter } from './support/letter.ts'

/**
 * What it takes to freeze an audience, against one row for each recipient with a primary key, of the same people by the
 * same rule.
 *
 *   npm run bench -- freeze        (BENCH_PEOPLE=1000000)
 */
const { values } = parseArgs({
  options: { people: { type: 'string', default: process.env.BENCH_PEOPLE ?? '1000000' } },
})
const PEOPLE = Number(values.people)
const RUNS = 3

const app = await boot()
const { readNumbersAsNumbers } = await import('#platform')
const { default: db } = await import('@adonisjs/lucid/services/db')
const { allowedPeople } = await import('#consent')
const { peopleWhere } = await import('#contacts')
const { editionOf, freezeCampaign, plantBakery } = await import('./support/campaign.ts')
readNumbersAsNumbers()
try {
  const bakery = await plantBakery({ people: PEOPLE })
  const edition = editionOf(bakery, letter({ bytes: 2_000 }))
  const manifests = []
  const rows = []
  for (let run = 0; run < RUNS; run++) {
    manifests.push(await measured(() => freezeCampaign(bakery, edition)))
    await asOwner(`create table bench_recipients_${run} (
      workspace_id bigint, campaign_id bigint, contact_id bigint, state text not null default 'queued', primary key (workspace_id, campaign_id, contact_id));
      grant insert on bench_recipients_${run} to public`)
    rows.push(await measured(() => rowForEach(run)))
  }
  const [ours, plain] = [manifests, rows].map((of) => of.sort((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)])
  const told = (name: string, { ms, wal }: Measure) =>
    console.log(`${name}: ${(ms / 1_000).toFixed(2)} s, ${(wal / 1e6).toFixed(1)} MB of WAL`)
  console.log(`${PEOPLE.toLocaleString('en')} people`)
  told('frozen in manifests', ours)
  told('one row for each recipient, with its key', plain)
  console.log(`time: ${(ours.ms / plain.ms).toFixed(2)}, WAL: ${(ours.wal / plain.wal).toFixed(3)} of that`)

  async function rowForEach(run: number) {
    const may = allowedPeople({
      workspaceId: bakery.workspace.id,
      people: peopleWhere(bakery.workspace.id),
      channel: 'email',
      topicId: bakery.topic.id,
    })
    await db.rawQuery(
      `insert into bench_recipients_${run} (workspace_id, campaign_id, contact_id) select ?, 1, may.contact_id from (${may.sql}) as may`,
      [bakery.workspace.id, ...may.bindings] as any[]
    )
  }
} finally {
  await app.terminate()
}

interface Measure {
  ms: number
  wal: number
}

async function measured(act: () => Promise<unknown>): Promise<Measure> {
  const position = async () =>
    Number((await db.rawQuery(`select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes`)).rows[0].bytes)
  const [began, from] = [performance.now(), await position()]
  await act()
  return { ms: performance.now() - began, wal: (await position()) - from }
}
