import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { readdir, readFile } from 'node:fs/promises'
import { launcher } from '../../tests/support/launchers.ts'
import { usage } from './app.ts'

/**
 * Worker processes of the built product send a campaign. The clock runs from the first mails to the last: what starting takes
 * is another benchmark's.
 */
export async function sendByWorkers({
  campaignId,
  people,
  workers,
}: {
  campaignId: number
  people: number
  workers: number
}) {
  const { WORKER_FLAGS } = await launcher('children')
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []
  const children = Array.from({ length: workers }, () =>
    spawn(process.execPath, [...WORKER_FLAGS, ...profile, 'build/ace.js', 'worker'], {
      env: process.env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  )
  const look = async () => ({ at: performance.now(), sent: await accepted(campaignId), ...(await used(children)) })
  await until(campaignId, 1, children)
  const start = await look()
  await until(campaignId, people, children)
  const end = await look()
  await Promise.all(
    children.map((child) => {
      child.kill('SIGTERM')
      return once(child, 'exit')
    })
  )
  const mails = end.sent - start.sent
  return {
    rate: mails / ((end.at - start.at) / 1_000),
    cpuMicroseconds: ((end.cpu - start.cpu) / mails) * 1e6,
    databaseMicroseconds: ((end.database - start.database) / mails) * 1e6,
    walBytes: (end.wal - start.wal) / mails,
    rss: end.rss,
  }
}

async function until(campaignId: number, sent: number, children: ChildProcess[]) {
  while ((await accepted(campaignId)) < sent) {
    if (children.some(({ exitCode }) => exitCode !== null)) throw new Error('A worker died.')
    await sleep(20)
  }
}

async function used(children: ChildProcess[]) {
  const workers = await Promise.all(children.map(({ pid }) => usage(pid!)))
  return {
    cpu: workers.reduce((sum, { cpu }) => sum + cpu, 0),
    rss: Math.max(...workers.map(({ rss }) => rss)),
    database: await databaseCpu(),
    wal: await walPosition(),
  }
}

const accepted = async (campaignId: number) =>
  Number((await db.from('batches').where({ campaign_id: campaignId }).sum('accepted as n').first()).n ?? 0)

const walPosition = async () =>
  Number((await db.rawQuery(`select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes`)).rows[0].bytes)

/** CPU seconds of all processes of the database's cluster, those of the past included. */
async function databaseCpu(): Promise<number> {
  const { rows } = await db.rawQuery('select pg_backend_pid() as pid')
  const postmaster = (await readFile(`/proc/${rows[0].pid}/stat`, 'utf8')).split(') ')[1].split(' ')[1]
  let ticks = await ticksOf(postmaster, { withEndedChildren: true })
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (stat.split(') ')[1]?.split(' ')[1] === postmaster) ticks += await ticksOf(pid)
  }
  return ticks / 100
}

async function ticksOf(pid: string, { withEndedChildren = false } = {}): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  return (fields[11] || 0) + (fields[12] || 0) + (withEndedChildren ? (fields[13] || 0) + (fields[14] || 0) : 0)
}
