import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Something whose mails leave from a sender: `{ kind: 'form', id: '12', name: 'Newsletter' }`. */
export interface SenderUse {
  kind: 'form' | 'sunset' | 'campaign' | 'recurring_campaign'
  id: string
  name: string
}

/** isDefault: what takes the workspace's own sender. domain: what names a sender of its own at this domain. */
export interface SenderQuestion {
  workspaceId: number
  isDefault: boolean
  domain: string | null
  trx: TransactionClientContract
}

type AskForUses = (question: SenderQuestion) => Promise<SenderUse[]>

const asked: AskForUses[] = []

/**
 * For the modules below: who else sends from it is theirs to say, before a sender goes. Registered once, at the top of
 * start/events.ts (`whoUsesSenders(formsThatSend)`).
 */
export function whoUsesSenders(ask: AskForUses) {
  if (!asked.includes(ask)) asked.push(ask)
}

export const senderUses = async (question: SenderQuestion): Promise<SenderUse[]> =>
  (await Promise.all(asked.map((ask) => ask(question)))).flat()

const WORDS = {
  form: 'the form',
  sunset: 'the question to silent readers of',
  campaign: 'the campaign',
  recurring_campaign: 'the recurring campaign',
}

/** For people: the first five of them. */
export function usesInWords(uses: SenderUse[]): string {
  const named = uses.slice(0, 5).map(({ kind, name }) => `${WORDS[kind]} “${name}”`)
  return `${named.join(', ')}${uses.length > 5 ? ` and ${uses.length - 5} more` : ''}`
}
