import db from '@adonisjs/lucid/services/db'
import { LEASE_SECONDS } from './plan.ts'
import type { Story } from './story.ts'
import type { World } from './world.ts'
import { receiptOf } from '#tests/support/campaign'

/** A permission asked for so long ago may still have been sealed; whoever left before that may not. */
const JUDGEMENT_MS = LEASE_SECONDS * 1_000
/** A statement that had begun when the pause came. */
const MOMENT_MS = 100

const ACCEPTED = ['accepted', 'sent', 'delayed', 'delivered', 'bounced', 'complained', 'suppressed']

/** What is wrong after a run, a line each; nothing when everyone has one mail or one named reason. */
export async function wrongs(world: World, story: Story): Promise<string[]> {
  const { workspaceId, campaignId, shipment, people } = story
  const mails = await world.mailsOf({ tag: 'c', value: campaignId })
  const stats = await world.ask('/stats')
  const rows = await db
    .from('messages as m')
    .leftJoin('batches as b', (on) => void on.on('b.workspace_id', 'm.workspace_id').on('b.id', 'm.batch_id'))
    .where({ 'm.workspace_id': workspaceId, 'm.campaign_id': campaignId })
    .select('m.contact_id', 'm.state', 'm.reason', 'm.note', 'm.email', 'b.sealed_at', 'b.id as batch')
  const batches = await db.from('batches').where({ workspace_id: workspaceId, campaign_id: campaignId })
  const exclusions = await db.from('exclusions').where({ workspace_id: workspaceId, campaign_id: campaignId })

  const endings = new Map<number, string[]>([...people.keys()].map((id) => [id, []]))
  for (const { contact_id: id, state } of rows) endings.get(id)?.push(state)
  for (const { contact_ids: ids } of batches.filter(({ state }) => state === 'cancelled')) {
    for (const id of ids) endings.get(id)?.push('cancelled')
  }
  for (const { contact_ids: ids, reason } of exclusions) for (const id of ids) endings.get(id)?.push(reason)

  const found: string[] = []
  for (const [id, email] of people) {
    const [ending, ...more] = endings.get(id)!
    const got = mails[email] ?? 0
    if (!ending || more.length > 0) found.push(`${email} (${id}) ended as ${[ending, ...more].join(', ') || 'nothing'}`)
    const expected = ACCEPTED.includes(ending) ? 1 : 0
    if (got !== expected && !(ending === 'unconfirmed' && got < 2))
      found.push(`${email} (${id}) is ${ending} and got ${got} mails`)
  }
  const byId = new Map(rows.map((row) => [row.contact_id, row]))
  for (const [id, at] of story.left) {
    const row = byId.get(id)
    if (!row || !ACCEPTED.includes(row.state) || row.sealed_at.getTime() <= at.getTime() + JUDGEMENT_MS) continue
    found.push(
      `${people.get(id)} (${id}) left at ${at.toISOString()} and was sealed in batch ${row.batch} at ${row.sealed_at.toISOString()}`
    )
  }
  for (const { from, to } of story.pauses) {
    for (const { id, sealed_at: at } of batches) {
      if (at && at.getTime() > from.getTime() + MOMENT_MS && at < to)
        found.push(`batch ${id} was sealed during a pause`)
    }
  }
  // Where no key tells later what became of a call, its people stay unconfirmed: with one mail at most.
  for (const { state, note, contact_id: id } of rows)
    if (state === 'unconfirmed' && story.hasKeys) found.push(`${people.get(id)} is unconfirmed: ${note}`)
  for (const id of story.erased)
    if (byId.get(id)?.email) found.push(`${people.get(id)} was erased, and the message knows the address`)
  for (const { id, edition_id: edition, sealed_at: at, state } of batches) {
    const letter = story.revisions.findLast((revision) => at && revision.at < at)
    if (letter && state !== 'split' && edition !== letter.editionId)
      found.push(`batch ${id} was sealed with a letter that had been replaced`)
  }
  found.push(...(await wrongsOfService(story, world)))
  const account = await receiptOf(shipment)
  if (!account.closes || account.open !== 0) found.push(`the books do not close: ${JSON.stringify(account)}`)
  if (account.candidates !== people.size) found.push(`${account.candidates} candidates, not ${people.size}`)
  if (stats.conflicts > 0) found.push(`a key came with other contents: ${stats.conflicts}`)
  if (stats.duplicates > 0) found.push(`the provider counts ${stats.duplicates} duplicates`)
  const open = batches.filter(({ state }) => ['queued', 'leased', 'sealed'].includes(state))
  if (open.length > 0) found.push(`${open.length} batches are open`)
  const ends = await db
    .from('domain_events')
    .where('workspace_id', workspaceId)
    .whereIn('name', ['shipment.finished', 'shipment.closed'])
  if (ends.length !== 1) found.push(`the campaign's end was announced ${ends.length} times`)
  return found
}

/** One mail each, or none and a reason. */
async function wrongsOfService({ workspaceId, service, hasKeys }: Story, world: World): Promise<string[]> {
  const mails = await world.mailsOf({ tag: 'w', value: workspaceId })
  const rows = await db
    .from('service_messages')
    .where({ workspace_id: workspaceId })
    .select('id', 'state', 'reason', 'note')
  const byId = new Map(rows.map((row) => [String(row.id), row]))
  return [...service].flatMap(([id, address]) => {
    const { state, note } = byId.get(id) ?? { state: 'gone' }
    const expected = ACCEPTED.includes(state) ? 1 : 0
    const got = mails[address] ?? 0
    if (!hasKeys && state === 'unconfirmed' && got < 2) return []
    return got === expected && state !== 'unconfirmed'
      ? []
      : [`service mail ${id} to ${address} is ${state} (${note}) and got ${got}`]
  })
}
