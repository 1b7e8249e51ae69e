import { test } from '@japa/runner'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, sendAllOf } from '#delivery'
import { audience, connect, freeze, progressOf, type Audience } from '#tests/support/campaign'
import { owner } from '#tests/support/owner'
import { until } from '#tests/support/processes'
import { theProvider } from '#tests/support/stand_in'

const SLOW = { bounce: { type: 'Transient', subType: 'General', message: '421 4.7.0 Try again later' } }
let events = 0

async function tell({ workspace }: Audience, campaignId: number, { type, data = {}, at = 0 }: any) {
  const [row] = await db.from('messages').where({ workspace_id: workspace.id, campaign_id: campaignId })
  const [event] = await db
    .table('provider_events')
    .insert({
      workspace_id: workspace.id,
      event_id: `together-${workspace.id}-${++events}`,
      type: `email.${type}`,
      body: JSON.stringify({
        data: {
          email_id: row.provider_id,
          tags: { w: String(workspace.id), c: String(campaignId), m: String(row.contact_id) },
          ...data,
        },
      }),
      occurred_at: new Date(),
      not_before: new Date(Date.now() - 60_000 + at),
    })
    .returning('id')
  return event.id as number
}

test.group('Several who work out what happened', () => {
  test('do not wait for each other in a circle', async ({ assert, cleanup }) => {
    await theProvider()
    const apiKey = `re_shared_by_two_${Date.now()}`
    const bakeries: { story: Audience; campaigns: number[] }[] = []
    let account = ''
    for (const domains of [
      ['gmail.com', 'yahoo.com'],
      ['yahoo.com', 'gmail.com'],
    ]) {
      const story = await audience({ addresses: ['a@people.test'] })
      account = (await connect(story.workspace, { apiKey })).account
      const campaigns: number[] = []
      for (const domain of domains) {
        await db
          .from('contacts')
          .where({ id: story.ids[0] })
          .update({ email: `a@${domain}` })
        const { shipment, campaignId } = await freeze(story)
        campaigns.push(campaignId)
        await until('the account has had a call for it', async () => {
          await sendAllOf({ workspaceId: story.workspace.id })
          return (await progressOf(shipment)).finished_at !== null
        })
      }
      bakeries.push({ story, campaigns })
    }
    const name = `slowly_${Date.now()}`
    await owner().rawQuery(
      `create function ${name}() returns trigger language plpgsql as
         $$ begin if new.account = '${account}' then perform pg_sleep(0.4); end if; return new; end $$;
       create trigger ${name} before insert on domain_paces for each row execute function ${name}();`
    )
    cleanup(() => owner().rawQuery(`drop function ${name} cascade`) as any)
    for (const { story, campaigns } of bakeries) {
      for (const [no, campaignId] of campaigns.entries())
        await tell(story, campaignId, { type: 'delivery_delayed', data: SLOW, at: no * 1_000 })
    }
    const deadlocks = async () => {
      await sleep(1_200)
      await db.rawQuery('select pg_stat_clear_snapshot()')
      const { rows } = await db.rawQuery('select deadlocks from pg_stat_database where datname = current_database()')
      return Number(rows[0].deadlocks)
    }
    const before = await deadlocks()
    await Promise.all(bakeries.map(({ story }) => applyEvents({ workspaceId: story.workspace.id })))
    assert.equal(await deadlocks(), before)
    const left = await db
      .from('provider_events')
      .whereIn(
        'workspace_id',
        bakeries.map(({ story }) => story.workspace.id)
      )
      .whereNull('applied_at')
    assert.lengthOf(left, 0)
    await db.from('domain_paces').where({ account }).delete()
  })

  test('an event that the database could not take is not given up, however often', async ({ assert, cleanup }) => {
    await theProvider()
    const story = await audience({ people: 1 })
    await connect(story.workspace)
    const { campaignId } = await freeze(story)
    await sendAllOf({ workspaceId: story.workspace.id })
    const id = await tell(story, campaignId, {
      type: 'bounced',
      data: { bounce: { type: 'Permanent', message: '5.1.1' } },
    })
    const event = db.from('provider_events').where({ id })
    await event.clone().update({ attempts: 9 })
    const name = `full_${Date.now()}`
    await owner().rawQuery(
      `create function ${name}() returns trigger language plpgsql as
         $$ begin if new.workspace_id = ${story.workspace.id} then raise exception 'no space' using errcode = '53100'; end if; return new; end $$;
       create trigger ${name} before update on messages for each row execute function ${name}();`
    )
    const mend = () => owner().rawQuery(`drop function if exists ${name} cascade`)
    cleanup(() => mend() as any)
    await applyEvents({ workspaceId: story.workspace.id })
    assert.containsSubset(await event.clone().first(), { outcome: 'waiting', applied_at: null })
    await mend()
    await event.clone().update({ not_before: new Date(0) })
    await applyEvents({ workspaceId: story.workspace.id })
    assert.equal((await event.clone().first()).outcome, 'applied')
    assert.lengthOf(await db.from('suppressions').where({ workspace_id: story.workspace.id }), 1)
  })
})
