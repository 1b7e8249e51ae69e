import db from '@adonisjs/lucid/services/db'
import { judge } from './judge.ts'
import {
  strengthSql,
  THE_ENTRY,
  weaknessDetail,
  weaknessesSql,
  type ProofStrength,
  type Weakness,
} from './proof_strength.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null
const hex = (hash: Buffer | null) => hash?.toString('hex') ?? null

/**
 * Where a contact stands on each topic that they were ever asked about (a topic that is not listed: "none"). `expired`
 * is said at the moment of asking; `may_receive` is the whole rule, its first reason beside it. `proof`: how well their yes
 * could be shown, for who said it.
 */
export async function consentState({
  workspaceId,
  contactId,
  emailHash,
}: {
  workspaceId: number
  contactId: number
  emailHash: Buffer | null
}) {
  const [strength, weak] = [strengthSql(workspaceId), weaknessesSql(workspaceId)]
  const { rows } = await db.rawQuery(
    `select k.*, t.name as topic_name, ${strength.sql} as strength, ${weak.sql} as weaknesses,
       case when k.status = 'granted' and k.expires_at <= now() then 'expired' else k.status end as stands
     from consents k
     join topics t on t.workspace_id = k.workspace_id and t.id = k.topic_id
     ${THE_ENTRY}
     where k.workspace_id = ? and k.contact_id = ? order by lower(t.name), k.channel`,
    [...strength.bindings, ...weak.bindings, workspaceId, contactId] as any[]
  )
  return Promise.all(
    rows.map(async (row: any) => {
      const verdict = await judge({ workspaceId, contactId, emailHash, channel: row.channel, topicId: row.topic_id })
      return {
        channel: row.channel as string,
        topic_id: String(row.topic_id),
        topic_name: row.topic_name as string,
        status: row.stands as 'pending' | 'granted' | 'withdrawn' | 'expired',
        basis: row.basis as string,
        since: iso(row.since)!,
        expires_at: iso(row.expires_at),
        may_receive: verdict.may_receive,
        reason: verdict.reason,
        proof: (row.status === 'granted' ? proofJson(row) : null) as ConsentProof | null,
      }
    })
  )
}

export interface ConsentProof {
  strength: ProofStrength
  weaknesses: { name: Weakness; detail: string }[]
}

const proofJson = ({ strength, weaknesses }: { strength: ProofStrength; weaknesses: Weakness[] }): ConsentProof => ({
  strength,
  weaknesses: weaknesses.map((name) => ({ name, detail: weaknessDetail(name) })),
})

export type ConsentState = Awaited<ReturnType<typeof consentState>>

/** A row of the ledger as API.md shows it. */
export const ledgerJson = (row: any) => ({
  id: String(row.id),
  contact_id: String(row.contact_id),
  channel: row.channel as string,
  topic_id: String(row.topic_id),
  /** Null for opens and clicks (channel `tracking`), which are one question for all topics. */
  topic_name: row.topic_name as string | null,
  action: row.action as 'grant' | 'request' | 'confirm' | 'withdraw',
  status: row.status as 'pending' | 'granted' | 'withdrawn',
  basis: row.basis as string,
  statement: row.statement as string,
  statement_version: row.statement_version as string | null,
  language: row.language as string | null,
  wording:
    row.wording_id === null
      ? null
      : {
          id: String(row.wording_id),
          version: row.wording_version as number,
          shown: (row.wording_shown ?? null) as string | null,
        },
  source: row.source as string,
  source_kind: row.source_kind as string,
  source_ref: row.source_ref as string | null,
  reason: row.reason as string | null,
  actor: row.actor_label as string,
  ip: row.ip as string | null,
  user_agent: row.user_agent as string | null,
  occurred_at: iso(row.occurred_at)!,
  expires_at: iso(row.expires_at),
  recorded_at: iso(row.recorded_at)!,
  redacted_at: iso(row.redacted_at),
  previous_hash: hex(row.previous_hash),
  hash: hex(row.hash)!,
})
export type LedgerEntry = ReturnType<typeof ledgerJson>

/** How they got there: every entry of a contact, newest first. */
export async function consentLedger({
  workspaceId,
  contactId,
  entryId = null,
}: {
  workspaceId: number
  contactId: number
  entryId?: number | null
}): Promise<LedgerEntry[]> {
  const { rows } = await db.rawQuery(
    `select e.*, host(e.ip) as ip, t.name as topic_name, w.shown as wording_shown
     from consent_entries e
     left join topics t on t.workspace_id = e.workspace_id and t.id = e.topic_id
     left join consent_wordings w on w.workspace_id = e.workspace_id and w.id = e.wording_id and w.version = e.wording_version
     where e.workspace_id = ? and e.contact_id = ? and (?::bigint is null or e.id = ?)
     order by e.id desc`,
    [workspaceId, contactId, entryId, entryId] as any[]
  )
  return rows.map(ledgerJson)
}
