import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { launcher } from '#tests/support/launchers'
import { cancelShipment, pauseShipment, resumeShipment, ShipmentInOtherState } from '#delivery'
import { theSystem } from '#identity'
import { randomFrom, type Random } from '#tests/support/random'
import type { Crew } from './crew.ts'
import type { Fault, Plan } from './plan.ts'
import { databaseNow, type Story } from './story.ts'
import type { World } from './world.ts'

const { ask } = await launcher('database')
/** Faults that nobody of the product could make. */
const asOwner = (sql: string) => ask(process.env.DATABASE_OWNER_URL, sql)

export interface Scene {
  world: World
  plan: Plan
  story: Story
  crew: Crew
  random: Random
}

/** Lets each fault of the plan happen when its number of calls has come, until the campaign is over. Returns what happened. */
export async function play(scene: Omit<Scene, 'random'>, isOver: () => boolean): Promise<string[]> {
  const random = randomFrom(scene.plan.seed)
  const happened: string[] = []
  const under: Promise<void>[] = []
  for (const fault of scene.plan.faults) {
    while (scene.world.calls < fault.after && !isOver()) await sleep(10)
    if (isOver()) break
    happened.push(`${scene.world.calls}: ${fault.kind}`)
    under.push(happen(fault, { ...scene, random }))
  }
  await Promise.all(under)
  return happened
}

async function happen(fault: Fault, { world, story, crew, random }: Scene): Promise<void> {
  switch (fault.kind) {
    case 'kill':
    case 'sleep':
    case 'leave':
      return crew.strike(fault.kind, fault.ms)
    case 'join':
      return crew.join()
    case 'database restarts':
      return world.restartDatabase()
    case 'database connections cut':
      return cutConnections()
    case 'database answers lost':
      return world.databaseCable.loseAnswers(fault.ms)
    case 'provider connections reset':
      return world.providerCable.cut()
    case 'provider stands still':
      return world.holdProvider(fault.ms)
    case 'provider rate':
      return void (await world.ask('/settings', { rps: fault.perSecond }))
    case 'disk full':
      return fillTheDisk(fault.ms)
    case 'pause':
      return pauseFor(story, fault.ms)
    case 'cancel':
      return unlessOver(() => patiently(() => db.transaction((trx) => cancelShipment({ ...change(story), trx }))))
    case 'people leave':
      return patiently(() => story.leave(some(story, random, fault.people)))
    case 'people are erased':
      return patiently(() => story.erase(some(story, random, fault.people)))
    case 'the letter is changed':
      return pauseFor(story, fault.ms, () => story.revise())
    case 'service mail':
      return patiently(() => story.serve(fault.mails))
    case 'a mailbox provider asks for patience':
      return patiently(() => story.slowDown(story.people.size * 6))
    case 'web is killed':
      return world.killWeb()
  }
}

const some = ({ people }: Story, { pick }: Random, howMany: number) => {
  const ids = [...people.keys()]
  return [...new Set(Array.from({ length: howMany }, () => pick(ids)))]
}

const change = ({ workspaceId, shipment }: Story) => ({ workspaceId, shipmentId: shipment.id, actor: theSystem })

function pauseFor(story: Story, ms: number, meanwhile: () => Promise<void> = async () => {}) {
  const turn = story.pausing.then(() => pauseInTurn(story, ms, meanwhile))
  story.pausing = turn.catch(() => {})
  return turn
}

async function pauseInTurn(story: Story, ms: number, meanwhile: () => Promise<void>) {
  await unlessOver(async () => {
    await pause(story)
    const from = await patiently(databaseNow)
    await sleep(ms)
    await patiently(meanwhile)
    const to = await patiently(databaseNow)
    story.pauses.push({ from, to })
    await resume(story)
  })
}

/** Where the answer to its COMMIT is lost with the database, the next try finds it paused: by us. */
async function pause(story: Story) {
  let tries = 0
  try {
    await patiently(() => {
      tries++
      return db.transaction((trx) => pauseShipment({ ...change(story), trx }))
    })
  } catch (error) {
    const isOurs = tries > 1 && error instanceof ShipmentInOtherState && (await patiently(() => isPaused(story)))
    if (!isOurs) throw error
  }
}

async function isPaused({ workspaceId, shipment: { id } }: Story) {
  const { state } = await db.from('shipments').where({ workspace_id: workspaceId, id }).firstOrFail()
  return state === 'paused'
}

/** What a person does who has put right what stopped it. */
export const resume = (story: Story) =>
  unlessOver(() => patiently(() => db.transaction((trx) => resumeShipment({ ...change(story), trx }))))

async function unlessOver(act: () => Promise<unknown>) {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ShipmentInOtherState)) throw error
  }
}

/** As a small disk would, without needing one: PostgreSQL refuses every write of delivery's with 53100. */
async function fillTheDisk(ms: number) {
  const tables = ['batches', 'messages', 'shipments']
  await patiently(() =>
    asOwner(`
      create or replace function chaos_disk_full() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
      ${tables.map((table) => `create or replace trigger chaos_disk_full before insert or update on ${table} for each row execute function chaos_disk_full();`).join(' ')}`)
  )
  await sleep(ms)
  await patiently(() => asOwner(tables.map((table) => `drop trigger if exists chaos_disk_full on ${table};`).join(' ')))
}

const cutConnections = () =>
  patiently(() =>
    db.rawQuery(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    )
  ).then(() => {})

/** The harness is a user like any other: what fails because of a fault is tried again. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (error instanceof ShipmentInOtherState || attempt > 150) throw error
      await sleep(100)
    }
  }
}
