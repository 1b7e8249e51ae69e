import { createHash, timingSafeEqual } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { crashPoint } from '#platform'
import { openSecret } from '../providers/secrets.ts'
import { POSTMARK_USER } from '../providers/webhook_at_postmark.ts'
import { keepEvent } from './keep_event.ts'
import { toldByPostmark } from './postmark_event.ts'
import { readJson } from './read_json.ts'
import type { Intake } from './take_in_event.ts'

/** What Postmark tells, kept once before it is acknowledged. It signs nothing; the password that we gave it is the proof. */
export async function takeInPostmark({
  webhookKey,
  authorization,
  body,
}: {
  webhookKey: string
  authorization: string
  body: Buffer
}): Promise<Intake> {
  const row = await db
    .from('provider_accounts')
    .where({ webhook_key: webhookKey, kind: 'postmark' })
    .select('workspace_id', 'id', 'webhook_secret')
    .first()
  if (!row?.webhook_secret || !isPassword(authorization, openSecret('webhook_secret', row.webhook_secret)))
    return 'unsigned'
  const event = readJson(body)
  if (event === null || typeof event !== 'object') return 'malformed'
  const heard = toldByPostmark(event)
  if (!heard) return 'not_ours'
  const { id, told } = heard
  const workspace = told.data?.tags?.w
  if (workspace !== undefined && String(workspace) !== String(row.workspace_id)) return 'not_ours'
  const isNew = await keepEvent({ workspaceId: row.workspace_id, providerId: row.id, eventId: `postmark:${id}`, told })
  crashPoint('webhook_intake')
  return isNew ? 'stored' : 'known'
}

/** In a time that says nothing about how much of it was right. */
function isPassword(authorization: string, password: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = `Basic ${Buffer.from(`${POSTMARK_USER}:${password}`).toString('base64')}`
  return timingSafeEqual(digest(authorization), digest(expected))
}
