import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { wrongs } from './account.ts'
import { Crew } from './crew.ts'
import { patiently, play, resume } from './faults.ts'
import { LEASE_SECONDS, type Plan } from './plan.ts'
import { plant, type Story } from './story.ts'
import { eventually, eventuallyOrStuck, type World } from './world.ts'

export interface Result {
  wrongs: string[]
  /** What happened, by the number of calls that had come. */
  happened: string[]
  facts: string
}

/** So long nothing may happen at all: a busy machine is slow, but it moves. */
const PATIENCE_SECONDS = 90

/** One campaign under the faults of a plan, from the freeze to the closed books. */
export async function run(world: World, plan: Plan): Promise<Result> {
  await world.renewProvider(plan, plan.isTold ? { events: 'auto', shuffle: 300, duplicate: 0.1 } : { events: 'manual' })
  const crew = new Crew(world, plan)
  try {
    const watch = stopwatch()
    const story = await (await plant(world, plan)).begin()
    watch.lap('planted')
    const end = { isOver: false }
    const stops: string[] = []
    const playing = play({ world, plan, story, crew }, () => end.isOver)
    const hurrying = hurry(story, end, stops)
    const missed = await waitFor(story).finally(() => (end.isOver = true))
    watch.lap('ended')
    const happened = await playing
    await hurrying
    watch.lap('faults over')
    if (missed.length === 0) await settled(world, plan, story)
    watch.lap('settled')
    const found = [...missed, ...(await wrongs(world, story))]
    return { wrongs: found, happened, facts: `${watch.laps()}; ${await facts(world, story, crew, stops)}` }
  } finally {
    await crew.leave()
  }
}

function stopwatch() {
  let last = performance.now()
  const laps: string[] = []
  return {
    lap(name: string) {
      laps.push(`${name} ${((performance.now() - last) / 1_000).toFixed(1)}`)
      last = performance.now()
    },
    laps: () => laps.join(', '),
  }
}

async function waitFor(story: Story): Promise<string[]> {
  const isFinished = async () => (await shipmentOf(story)).finished_at !== null
  try {
    await eventuallyOrStuck('the campaign ends', isFinished, {
      progress: () => progressOf(story),
      seconds: PATIENCE_SECONDS,
    })
    return []
  } catch (error) {
    const batches = await patiently(() =>
      db.from('batches').where({ workspace_id: story.workspaceId }).whereIn('state', ['queued', 'leased', 'sealed'])
    )
    const open = batches.map(
      (b) => `batch ${b.id} ${b.state}${b.doubtful ? ' in doubt' : ''}, ${b.attempts} attempts: ${b.last_error}`
    )
    return [
      (error as Error).message,
      `the shipment is ${(await shipmentOf(story)).state}`,
      ...open,
      ...(await whoWaits()),
    ]
  }
}

/** Changes while people come to their end; asking a provider again and again does not count. */
async function progressOf({ workspaceId }: Story): Promise<string> {
  const { rows } = await db.rawQuery(
    `select (select count(*) from messages where workspace_id = ?) as messages,
       (select string_agg(state || n, ' ' order by state)
        from (select state, count(*) as n from batches where workspace_id = ? group by state) as s) as batches`,
    [workspaceId, workspaceId]
  )
  return JSON.stringify(rows)
}

async function whoWaits(): Promise<string[]> {
  const { rows } = await db.rawQuery(
    `select pid, pg_blocking_pids(pid) as blockers, state, wait_event, xact_start, left(query, 200) as query from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and (xact_start is not null or cardinality(pg_blocking_pids(pid)) > 0)`
  )
  return rows.map((row: any) => `in the database: ${JSON.stringify(row)}`)
}

const shipmentOf = ({ workspaceId, shipment }: Story) =>
  db.from('shipments').where({ workspace_id: workspaceId, id: shipment.id }).firstOrFail()

/** Waits that grow to minutes are cut short, and a person is at hand who resumes what stopped. */
async function hurry(story: Story, end: { isOver: boolean }, stops: string[]) {
  while (!end.isOver) {
    await sleep(300)
    await hurryOnce(story).catch(() => {})
    const shipment = await shipmentOf(story).catch(() => null)
    if (shipment?.state !== 'stopped') continue
    stops.push(shipment.stop_reason)
    await resume(story)
  }
}

async function hurryOnce({ workspaceId, hasKeys }: Story) {
  await db.rawQuery(
    `update batches set not_before = now()
     where workspace_id = ? and state in ('queued', 'leased', 'sealed') and not_before > now() + interval '500 milliseconds'`,
    [workspaceId]
  )
  await db.rawQuery(
    `update service_messages set not_before = now()
     where workspace_id = ? and state = 'queued' and not_before > now() + interval '500 milliseconds'`,
    [workspaceId]
  )
  // Longer than a lease is patience with a doubt, not somebody who is calling.
  if (hasKeys) {
    await db.rawQuery(
      `update service_messages set lease_until = now()
       where workspace_id = ? and state = 'sealed' and lease_until > now() + make_interval(secs => ?)`,
      [workspaceId, LEASE_SECONDS + 0.5]
    )
  }
  await db.rawQuery(
    `update rate_budgets set paused_until = least(paused_until, clock_timestamp()), quota_until = least(quota_until, clock_timestamp())
     where greatest(paused_until, quota_until) > now() + interval '3 seconds'
       and account in (select account from provider_accounts where workspace_id = ?)`,
    [workspaceId]
  )
}

async function serviceMailLeft(story: Story) {
  const open = () =>
    db
      .from('service_messages')
      .where('workspace_id', story.workspaceId)
      .whereIn('state', ['queued', 'sealed'])
      .orderBy('id')
  const hasLeft = async () => {
    await hurryOnce(story)
    return (await open().first()) === null
  }
  await eventually('the service mail has left', hasLeft, PATIENCE_SECONDS).catch(async (error: Error) => {
    throw new Error([error.message, ...(await open()).map(lineOfMail), ...(await whoWaits())].join('\n  ! '))
  })
}

/** All webhooks brought and applied, all announcements heard. */
async function settled(world: World, plan: Plan, story: Story) {
  const { workspaceId } = story
  await serviceMailLeft(story)
  if (plan.isTold) {
    await world.webUrl()
    await eventually('every webhook is taken', async () => (await world.ask('/webhooks/flush', {})).pending === 0)
  }
  await eventually('every event is applied and heard', async () => {
    await db.rawQuery(
      `update provider_events set not_before = now() where workspace_id = ? and applied_at is null and not_before > now()`,
      [workspaceId]
    )
    await db.rawQuery(
      `update domain_events set not_before = now()
       where workspace_id = ? and dispatched_at is null and not_before > now() + interval '1 second'`,
      [workspaceId]
    )
    const waiting = async (table: string, done: string) =>
      Number((await db.from(table).where('workspace_id', workspaceId).whereNull(done).count('* as n').first()).n)
    return (await waiting('provider_events', 'applied_at')) + (await waiting('domain_events', 'dispatched_at')) === 0
  })
}

const lineOfMail = ({ id, state, attempts, not_before: notBefore, lease_until: leaseUntil, account, note }: any) =>
  `service mail ${id} ${state} at ${account}, ${attempts} attempts, not before ${notBefore?.toISOString()}, leased until ${leaseUntil?.toISOString()}: ${note}`

async function facts(
  world: World,
  { workspaceId, shipment }: Story,
  { deaths, naps }: Crew,
  stops: string[]
): Promise<string> {
  const { replays, in_flight: inFlight } = await world.ask('/stats')
  const accepted = Object.values(await world.mailsOf({ tag: 'w', value: workspaceId })).reduce((sum, n) => sum + n, 0)
  const { rows } = await db.rawQuery(
    `select state, count(*) as n from messages where workspace_id = ? and campaign_id = ? group by state order by state`,
    [workspaceId, shipment.campaignId]
  )
  const states = rows.map(({ state, n }: any) => `${n} ${state}`).join(', ')
  return [
    `${accepted} mails in ${world.calls} calls, ${replays} replays, ${inFlight} in flight`,
    `${deaths} deaths, ${naps} naps`,
    states,
    ...stops.map((reason) => `stopped: ${reason}`),
  ].join('; ')
}
