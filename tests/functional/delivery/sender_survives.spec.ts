import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { runLoop } from '#platform'
import { sender } from '#delivery'
import { until } from '#tests/support/processes'
import { bakery } from '#tests/support/workspace'

test.group('The sender', () => {
  test('goes on when a batch fails in a way that nobody foresaw, and after five times asks a person', async ({
    assert,
  }) => {
    const { workspace } = await bakery()
    const [shipment] = await db
      .table('shipments')
      .insert({
        workspace_id: workspace.id,
        campaign_id: 1,
        month: '2026-11-01',
        topic_id: 1,
        edition_id: 999_999_999,
        state: 'running',
        candidates: 1,
        mailable: 1,
        to_outbox: true,
      })
      .returning('id')
    await db.table('batches').insert({
      workspace_id: workspace.id,
      shipment_id: shipment.id,
      campaign_id: 1,
      month: '2026-11-01',
      no: 0,
      contact_ids: [1],
      idempotency_key: `poison-${workspace.id}`,
    })
    let rejected: unknown
    const hear = (reason: unknown) => (rejected = reason)
    process.once('unhandledRejection', hear)
    const end = new AbortController()
    const running = runLoop(sender, { signal: end.signal, processId: 'test' })
    const batch = () => db.from('batches').where('workspace_id', workspace.id).first()
    const state = async () => (await db.from('shipments').where('workspace_id', workspace.id).first()).state
    const comesBack = () =>
      db
        .from('batches')
        .where('workspace_id', workspace.id)
        .where('failures', '<', 5)
        .update({ not_before: new Date(0) })
    try {
      await until('it is stopped', async () => {
        await comesBack()
        return (await state()) === 'stopped'
      })
    } finally {
      end.abort()
      await running
      process.off('unhandledRejection', hear)
    }
    assert.containsSubset(await batch(), { state: 'queued', attempts: 5 })
    assert.equal(await state(), 'stopped')
    assert.isUndefined(rejected)
    await db.from('batches').where('workspace_id', workspace.id).update({ state: 'cancelled' })
    await db.from('shipments').where('workspace_id', workspace.id).update({ state: 'cancelled' })
  })
})
