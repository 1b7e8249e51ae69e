import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import db from '@adonisjs/lucid/services/db'
import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import { runImport } from '#contacts'
import { setEnvironment } from '#tests/support/environment'
import { ask, suggestedMapping, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'
import { csvOfPeople, peopleFields } from '../../bench/support/people.js'

/** Six lots, of which each killed process takes one: how many rows a lot has says nothing about what is between them. */
const LOT_ROWS = 2_000
const ROWS = 6 * LOT_ROWS
const KILLS = 2
const NOES = 10
const root = fileURLToPath(new URL('../../', import.meta.url))

test.group('An import', () => {
  test('killed in the middle goes on where it stood and ends as if nothing had happened', async ({ assert }) => {
    const file = `${withRefusedNoes(csvOfPeople(ROWS))}PERSON.5@example5.test,Again,,,,,,,,,,vip\nperson.8@example8.test,,,,,,free,,,,,\nbroken,,,,,,,,,,,\n`
    const [whole, killed] = [await started(file, BY_PLAN), await started(file, BY_PLAN)]
    await runImport(whole)
    await runAndKill(killed, assert)
    assert.equal((await outcome(killed)).done, KILLS * LOT_ROWS)
    await runImport(killed)
    const [expected, actual] = [await outcome(whole), await outcome(killed)]
    assert.deepEqual(actual, expected)
    const [yes, no] = [(ROWS * 2) / 3, ROWS / 3]
    assert.deepInclude(actual.counts, { new: ROWS, duplicates_in_file: 2, changed: 0 })
    assert.deepInclude(actual.counts, { invalid: 1 + 2 * NOES, invalid_said_no: 2 * NOES })
    const inFirstLot = 1
    assert.deepInclude(actual.counts, { agreed: yes - inFirstLot, withdrawn: no + 1 + 2 * NOES })
    assert.containsSubset(actual.counts.by_topic, [{ agreed: yes - 1 - NOES, said_no: no + 1 + NOES, unknown: 0 }])
    assert.equal(actual.people, ROWS)
    assert.equal(actual.entries, ROWS + 1 + 2 * NOES - inFirstLot)
    assert.equal(actual.strangers, NOES)
  })

  test('run by two processes at once is taken in once', async ({ assert }) => {
    const one = await started(csvOfPeople(ROWS / 2))
    await Promise.all([runImport(one), runImport(one), worker(one)])
    const { counts, people, entries } = await outcome(one)
    assert.deepInclude(counts, { new: ROWS / 2, changed: 0, unchanged: 0, agreed: ROWS / 2 })
    assert.deepEqual([people, entries], [ROWS / 2, ROWS / 2])
  })
})

/** After each thousand rows two that are refused: somebody of the first lot who had said yes says no, and so does a stranger. */
function withRefusedNoes(csv: string): string {
  const lines = csv.split('\n')
  const no = (email: string) => `${email},,,,,,free,,,never,,`
  for (let n = NOES - 1; n >= 0; n--) {
    const i = 7 + 3 * n
    lines.splice(1 + 1000 * (n + 1), 0, no(`person.${i}@example${i}.test`), no(`stranger.${n}@example.test`))
  }
  return lines.join('\n')
}

interface Started {
  workspaceId: number
  importId: number
}

/** A column decides: two thirds of the people agreed, one third said no, and who is named again says no in the last lot. */
const BY_PLAN = { decided_by: [{ column: 'plan', agreed: ['pro', 'team'], withdrawn: ['free'] }] }

async function started(file: string, decided: object = {}): Promise<Started> {
  setEnvironment({ ASSENT_LOT_ROWS: String(LOT_ROWS) })
  const { workspace, token } = await bakery()
  await db.table('contact_fields').multiInsert(peopleFields.map((field) => ({ workspace_id: workspace.id, ...field })))
  const topic = (await ask(token, 'POST', '/topics', { name: 'News' })).body.id
  const { body } = await upload(token, file)
  const consent = {
    topic_ids: [topic],
    basis: 'consent_express',
    statement: 's',
    source: 's',
    collected_at: '2026-10-03',
    ...decided,
  }
  const answer = await ask(token, 'POST', `/imports/${body.id}/start`, {
    mapping: suggestedMapping(body.columns),
    consent,
    tags: ['fair'],
  })
  if (answer.status !== 202) throw new Error(answer.text)
  return { workspaceId: workspace.id, importId: Number(body.id) }
}

/** Resolves with the signal that killed it, or null. */
async function worker({ workspaceId, importId }: Started, env: Record<string, string> = {}) {
  const file = 'tests/support/import_worker.ts'
  const child = spawn(process.execPath, ['--import=./bin/sources.js', file, String(workspaceId), String(importId)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  const [, signal] = await once(child, 'exit')
  return signal as NodeJS.Signals | null
}

/** Each worker dies when it has taken one lot in, and all of the next but the commit. */
async function runAndKill(one: Started, assert: Assert): Promise<void> {
  for (let kills = 0; kills < KILLS; kills++) {
    assert.equal(await worker(one, { ASSENT_CRASH_AT: 'import_lot:2' }), 'SIGKILL')
  }
}

async function outcome({ workspaceId, importId }: Started) {
  const row = await db.from('imports').where({ workspace_id: workspaceId, id: importId }).firstOrFail()
  const { rows } = await db.rawQuery(
    `select (select count(*) from contacts where workspace_id = :workspaceId) as people,
       (select count(*) from consent_entries where workspace_id = :workspaceId) as entries,
       (select count(*) from former_addresses where workspace_id = :workspaceId) as strangers,
       (select count(*) from contact_tags where workspace_id = :workspaceId) as tags,
       (select md5(string_agg(concat_ws('|', email_key, first_name, last_name, external_id, attributes::text), ',' order by email_key))
          from contacts where workspace_id = :workspaceId) as sum`,
    { workspaceId }
  )
  const tallies = row.counts.by_topic.map(({ topic_id: _, ...tally }: { topic_id: string }) => tally)
  const counts = { ...row.counts, by_topic: tallies }
  return { status: row.status, counts, done: row.rows_done, total: row.rows_total, ...rows[0] }
}
