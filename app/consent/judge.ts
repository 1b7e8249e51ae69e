import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { capsOf } from './frequency_cap.ts'
import { fromPeople } from './may_receive.ts'
import { rulesFor } from './receiving_rules.ts'

export interface Judgement {
  may_receive: boolean
  /** The first reason against it, as excludedPeople names it; null when there is none. */
  reason: string | null
  reasons: { rule: string; holds: boolean; detail: string }[]
}

/** One person, rule by rule. */
export async function judge({
  workspaceId,
  contactId,
  emailHash,
  channel,
  topicId,
  client = db,
}: {
  workspaceId: number
  contactId: number
  emailHash: Buffer | null
  channel: string
  topicId: number
  client?: Pick<QueryClientContract, 'rawQuery'>
}): Promise<Judgement> {
  const people = {
    sql: 'select ?::bigint as contact_id, ?::bytea as email_hash',
    bindings: [contactId, emailHash],
  }
  const question = {
    workspaceId,
    people,
    channel,
    topicId,
    few: true,
    caps: await capsOf({ workspaceId, topicId, client }),
  }
  const from = fromPeople(question)
  const asked = rulesFor(question)
  const verdicts = asked.rules.map(
    ({ rule, holds, otherwise }) => `(${holds}) is true as ${rule}, (${otherwise}) as ${rule}_reason`
  )
  const { rows } = await client.rawQuery(
    `select ${verdicts.join(', ')}, s.created_at as suppressed_at, k.since, k.expires_at, k.basis, h.paused_until,
       r.since as resting_since
     ${from.sql}`,
    [...asked.bindings, ...from.bindings] as any[]
  )
  const [facts] = rows
  const reasons = asked.rules.map(({ rule, detail }) => {
    const holds = facts[rule] as boolean
    return { rule, holds, detail: holds ? detail.yes : detail.no(facts[`${rule}_reason`] ?? '', facts) }
  })
  const broken = reasons.find(({ holds }) => !holds)
  return { may_receive: !broken, reason: broken ? facts[`${broken.rule}_reason`] : null, reasons }
}
