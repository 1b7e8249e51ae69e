import db from '@adonisjs/lucid/services/db'
import type { ReturnWay } from '#channels'
import { markOfTags } from '../feedback/bounces/mail_mark.ts'

/**
 * A mail that we send by SMTP carries its mark, so that a report about it is known as ours. Where the workspace has a bounce
 * mailbox, reports come to it, and the address says once more which mail they are about (VERP).
 */
export const returnWay: ReturnWay = async ({ tags }) => {
  const mark = markOfTags(tags)
  if (mark === null) return null
  const address = await addressOf(Number(tags.w))
  return { mark, address: address === null ? null : withMark(address, mark) }
}

/** `bounces@bakery.test` → `bounces+b1…@bakery.test`, unless that is longer than a mailbox name may be (RFC 5321 §4.5.3.1.1). */
function withMark(address: string, mark: string): string {
  const at = address.lastIndexOf('@')
  const name = `${address.slice(0, at)}+${mark}`
  return name.length > 64 ? address : name + address.slice(at)
}

/** One mail at a time leaves by SMTP: the address is not asked for each. */
const REMEMBERED_MS = 5_000
const MOST = 1_000
const known = new Map<number, { address: string | null; readAt: number }>()

async function addressOf(workspaceId: number): Promise<string | null> {
  const remembered = known.get(workspaceId)
  if (remembered && performance.now() - remembered.readAt < REMEMBERED_MS) return remembered.address
  const row = await db.from('bounce_mailboxes').where({ workspace_id: workspaceId }).select('address').first()
  if (known.size >= MOST) known.clear()
  known.set(workspaceId, { address: row?.address ?? null, readAt: performance.now() })
  return row?.address ?? null
}
