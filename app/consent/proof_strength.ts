import type { SqlPiece } from '#platform'

/**
 * How well we could show that somebody agreed (GDPR art. 7(1); BGH I ZR 164/09: each declaration fully documented). It says
 * nothing about whether we may write to them: that is the one rule in receiving_rules.ts. Who is weak is worth asking again.
 *
 *   strong  their own word to us: they pressed the button behind a mail of ours
 *   fair    somebody wrote it down whole: wording, time and place
 *   weak    something of that is missing, or will be soon: the reasons below
 */
export const proofStrengths = ['strong', 'fair', 'weak'] as const
export type ProofStrength = (typeof proofStrengths)[number]

/** An agreement that ends within so many days is worth asking for before. */
const EXPIRING_DAYS = 60

/** SQL over k (where they stand) and e (the entry that says so), each with what it means. */
const weaknesses = {
  basis_unknown: { sql: `k.basis = 'unknown'`, detail: 'Nobody knows on what ground they were written to.' },
  implied: {
    sql: `k.basis in ('soft_opt_in_customer', 'soft_opt_in_charity_uk', 'casl_implied_ebr', 'casl_implied_inquiry', 'legitimate_interest_b2b')`,
    detail: 'They never said yes: the law takes it from what they did.',
  },
  expiring: {
    sql: `k.expires_at <= now() + interval '${EXPIRING_DAYS} days'`,
    detail: `It ends within ${EXPIRING_DAYS} days, or has ended.`,
  },
  no_wording: { sql: 'e.wording_id is null', detail: 'Nobody wrote down what they were told.' },
  no_time: {
    sql: `e.source_kind = 'import' and e.occurred_at > e.recorded_at - interval '1 day'`,
    detail: 'The list says when it was imported, not when they agreed.',
  },
  no_place: {
    sql: `e.ip is null and e.source_kind in ('import', 'api', 'team') and (btrim(e.source) = '' or e.source in ('API', 'by hand'))`,
    detail: 'Nobody wrote down where they agreed.',
  },
  old: {
    sql: `k.since < now() - make_interval(months => (select (w.settings #>> '{proof,old_after_months}')::int from workspaces w where w.id = ?))`,
    detail: 'It is older than this workspace trusts.',
  },
} as const
export type Weakness = keyof typeof weaknesses
export const weaknessNames = Object.keys(weaknesses) as Weakness[]
export const weaknessDetail = (name: Weakness) => weaknesses[name].detail

/** Their own word: by a link in a mail of ours, or by the button of a double opt-in. */
const OWN_WORD = `(e.source_kind = 'person' or (e.source_kind = 'form' and k.basis = 'consent_double_opt_in'))`

/** The entry beside where somebody stands (k). */
export const THE_ENTRY = `left join consent_entries e on e.workspace_id = k.workspace_id and e.id = k.entry_id`

/** The names of what is weak about a proof, as a text[] over k and e. */
export const weaknessesSql = (workspaceId: number): SqlPiece => ({
  sql: `array_remove(array[${weaknessNames.map((name) => `case when ${weaknesses[name].sql} then '${name}' end`).join(', ')}], null)`,
  bindings: [workspaceId],
})

/** The strength as a word, over k and e. */
export function strengthSql(workspaceId: number): SqlPiece {
  const weak = weaknessesSql(workspaceId)
  return {
    sql: `case when cardinality(${weak.sql}) > 0 then 'weak' when ${OWN_WORD} then 'strong' else 'fair' end`,
    bindings: weak.bindings,
  }
}

/**
 * Agreements by strength (`strong`, `fair`, `weak`) and by each weakness, as columns over k and e: counts without a group of their own,
 * so that a million rows need no sort.
 */
export function strengthCounts(workspaceId: number): SqlPiece {
  const isWeak = `(${weaknessNames.map((name) => `(${weaknesses[name].sql})`).join(' or ')})`
  const counts = {
    weak: isWeak,
    strong: `${isWeak} is not true and ${OWN_WORD}`,
    fair: `${isWeak} is not true and ${OWN_WORD} is not true`,
    ...Object.fromEntries(weaknessNames.map((name) => [name, weaknesses[name].sql])),
  }
  return {
    sql: Object.entries(counts)
      .map(([name, holds]) => `(count(*) filter (where ${holds}))::int as ${name}`)
      .join(', '),
    // the age is asked for by each of the three strengths and by its own name
    bindings: [workspaceId, workspaceId, workspaceId, workspaceId],
  }
}
