import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import pg from 'pg'
import { launcher } from '#tests/support/launchers'

const { usePostgres, stopPostgres } = await launcher('postgres')
const { removeCluster } = await launcher('postgres_files')

test.group('The embedded PostgreSQL', (group) => {
  let dataDir: string

  group.each.setup(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'assent data '))
    return async () => {
      await stopPostgres(dataDir)
      removeCluster(dataDir)
    }
  })

  test('gives the app a database of its own, without the rights of a superuser, in the same order everywhere', async ({
    assert,
  }) => {
    const { url } = await usePostgres(dataDir, { isDurable: false })
    const [row] = await ask(
      url,
      `select current_user as name, rolsuper as super, datlocprovider as locale
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`
    )
    assert.containsSubset(row, { name: 'assent', super: false, locale: 'b' })
    assert.equal(statSync(join(dataDir, 'postgres.json')).mode & 0o777, 0o600)
    await assert.rejects(() => ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1'), /password authentication failed/)
  })

  test('is adopted after its launcher was killed, and stopped by the last one who leaves', async ({ assert }) => {
    const killed = await launchElsewhere(dataDir)
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')

    const { url, wasRunning, release } = await usePostgres(dataDir, { address: 'http://localhost:2' })
    assert.isTrue(wasRunning)
    assert.equal(url, killed.url)
    await release()
    await assert.rejects(() => ask(url, 'select 1'), /ECONNREFUSED/)
  })

  test('serves one Assent at a time; a command may join', async ({ assert }) => {
    const { child, url } = await launchElsewhere(dataDir)
    await assert.rejects(
      () => usePostgres(dataDir, { address: 'http://localhost:2' }),
      /already runs on these data at http:\/\/localhost:1 \(process \d+\)/
    )
    const { release } = await usePostgres(dataDir)
    await release()
    assert.lengthOf(await ask(url, 'select 1'), 1)
    child.kill('SIGKILL')
  })

  test('starts again after a crash, also when another program has got its process id', async ({ assert }) => {
    const { url, release } = await usePostgres(dataDir, { isDurable: false })
    await ask(url, 'create table kept (id int)')
    const lockFile = join(dataDir, 'postgres', 'data', 'postmaster.pid')
    const lock = readFileSync(lockFile, 'utf8')
    await release()
    writeFileSync(lockFile, lock.replace(/^\d+/, String(process.pid)))

    const again = await usePostgres(dataDir, { isDurable: false })
    assert.isFalse(again.wasRunning)
    assert.lengthOf(await ask(again.url, 'select * from kept'), 0)
  })
})

async function ask(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {}) // the server may be stopped under it
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Another launcher, at http://localhost:1, that only waits. */
async function launchElsewhere(dataDir: string) {
  const bin = new URL('../../../bin/postgres.js', import.meta.url).href
  const script = `const { usePostgres } = await import(${JSON.stringify(bin)})
    console.log((await usePostgres(${JSON.stringify(dataDir)}, { address: 'http://localhost:1', isDurable: false })).url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { child, url: url.trim() }
}
