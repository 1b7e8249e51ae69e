import { TRACKING, type LedgerEntry } from '#consent'
import type { Proof, ProofRecord } from './proof_of_consent.ts'

/** What the page and the PDF say, in the same words: [what, value] line by line. Lines without a value are left out. */
export function linesOf(entry: LedgerEntry): [string, string][] {
  const { wording } = entry
  const lines: [string, string | null][] = [
    [
      'What',
      entry.channel === TRACKING.channel
        ? `${entry.action}: ${NOTED}`
        : `${entry.action}: ${entry.topic_name} by ${entry.channel}`,
    ],
    ['When', `${entry.occurred_at} (written down ${entry.recorded_at})`],
    ['Wording', entry.statement],
    ['Version', wording && `wording ${wording.id}, version ${wording.version}`],
    ['Their own version', entry.statement_version],
    ['Language', entry.language],
    ['Shown', wording?.shown ?? null],
    ['Basis', entry.basis],
    ['Source', [entry.source, ` (${entry.source_kind}`, entry.source_ref && `, ${entry.source_ref}`, ')'].join('')],
    ['By', entry.actor],
    ['Reason', entry.reason],
    ['From', [entry.ip, entry.user_agent].filter(Boolean).join(' ')],
    ['Until', entry.expires_at],
    ['Erased', entry.redacted_at && `personal facts were erased ${entry.redacted_at}`],
    ['Entry, hash', `${entry.id}, ${entry.hash}`],
    ['Hash before', entry.previous_hash ?? 'the first entry'],
  ]
  return lines.filter((line): line is [string, string] => Boolean(line[1]))
}

export const standsOf = ({ state, tracking }: ProofRecord): [string, string][] => [
  ...state.map((row): [string, string] => [
    `${row.topic_name} by ${row.channel}`,
    [
      `${row.status} since ${row.since}, ${row.basis}, until ${row.expires_at ?? 'further notice'}`,
      ...(row.proof
        ? [`the proof is ${row.proof.strength}`, ...row.proof.weaknesses.map((one: { detail: string }) => one.detail)]
        : []),
    ].join('\n'),
  ]),
  ...(tracking.status === 'none' ? [] : [[NOTED, tracking.status] as [string, string]]),
]

/** What the channel `tracking` is about. */
const NOTED = 'noting what they open and click'

/** Whether the chain holds; each break in a sentence of its own. */
export function chainOf({ chain }: ProofRecord): { holds: boolean; says: string[] } {
  if (chain.verified) {
    const says = `The chain of ${chain.entries} entries was recomputed and holds: none was changed, removed or slipped in.`
    const { seal } = chain
    const sealed = seal && `Sealed with the whole ledger ${seal.sealed_at} (seal ${seal.no}, ${seal.signature}).`
    return { holds: true, says: sealed ? [says, sealed] : [says] }
  }
  const breaks = chain.breaks.map(
    ({ why, entry_id: entry }) => `${BROKEN[why]} (${entry ? `entry ${entry}` : 'at the end'})`
  )
  return { holds: false, says: ['The chain does not hold:', ...breaks] }
}

const BROKEN: Record<ProofRecord['chain']['breaks'][number]['why'], string> = {
  altered: 'an entry was altered after it was written',
  unlinked: 'an entry before this one was removed, or this one was slipped in',
  cut: 'the newest entries are missing',
  wording: 'the wording that this entry names is gone or says something else',
  standing: 'where they stand is not what their entries say',
}

export function headOf({ contact, workspace, generated_at: at }: Proof): string[] {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
  const address = contact.email ?? 'no address is kept'
  return [
    [name, address, `(contact ${contact.id})`].filter(Boolean).join(' '),
    `Kept by ${[workspace.name, workspace.postal_address].filter(Boolean).join(', ')}. Drawn up ${at} (all times UTC).`,
  ]
}

/** The person's own record first, then those that were merged into it. */
export const recordsOf = ({ merged, ...proof }: Proof): { title: string | null; record: ProofRecord }[] => [
  { title: null, record: proof },
  ...merged.map((record) => ({ title: `Merged record ${record.contact_id}`, record })),
]
