import db from '@adonisjs/lucid/services/db'
import { loadEdition } from '#content'
import type { Batch } from './lease.ts'
import type { Letter } from './compose_mails.ts'

const KEPT = 50
const letters = new Map<string, Letter>()

/** The edition of a batch (with the name that its topic had then), parsed once per process: an edition never changes. */
export async function letterOf({ workspaceId, campaignId, editionId, topicId }: Batch): Promise<Letter> {
  const key = `${workspaceId}/${campaignId}/${editionId}/${topicId}`
  let letter = letters.get(key)
  if (!letter) {
    const edition = await loadEdition({ workspaceId, editionId, db: db.connection() })
    letter = { edition, topic: { id: topicId, name: edition.topic.name }, workspaceId, campaignId }
    if (letters.size >= KEPT) letters.delete(letters.keys().next().value!)
    letters.set(key, letter)
  }
  return letter
}

export const senderDomain = ({ edition }: Letter) => edition.from.email.split('@').at(-1)!.toLowerCase()
