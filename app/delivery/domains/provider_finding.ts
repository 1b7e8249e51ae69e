import { NOT_THERE } from './add_domain.ts'
import { blocking, finding, unknown, warning, type Finding, type Trouble } from './checks/finding.ts'

interface Row {
  domain: string
  provider_id: string | null
  provider_status: string | null
  provider_tracks: boolean
  provider_note: string | null
}

/** How a domain stands at Resend; null where it is not kept there. */
export function providerFinding(row: Row): Finding | null {
  if (!row.provider_id && !row.provider_note) return null
  return finding({
    id: 'provider',
    host: null,
    found: row.provider_status ? [row.provider_status] : [],
    troubles: [...standing(row), ...tracking(row)],
    fine: `Resend has verified ${row.domain}.`,
  })
}

function standing({ domain, provider_status: status, provider_note: note }: Row): Trouble[] {
  if (note === NOT_THERE) return [blocking(note, 'Have it added there.')]
  if (note) return [unknown(note, 'Look at Settings → Sending.')]
  if (status === 'verified') return []
  if (status === 'pending') {
    return [warning(`Resend is looking at the records of ${domain}.`, 'Wait: it takes minutes, at most 72 hours.')]
  }
  if (status === 'not_started') {
    return [
      blocking(`Resend has not verified ${domain} yet.`, 'Set its DNS records; Resend is told when they are there.'),
    ]
  }
  return [
    blocking(
      `Resend could not verify ${domain} (${String(status).replaceAll('_', ' ')}).`,
      'Correct its DNS records, then check again.'
    ),
  ]
}

/** It cannot follow what each person agreed to (reference: sender-rules B6, B8 32). */
const tracking = ({ provider_tracks: tracks }: Row): Trouble[] =>
  tracks
    ? [
        warning(
          'Resend itself counts opens or clicks, also of people who did not agree to it.',
          'Switch open and click tracking off at Resend → Domains: Assent counts by itself, with permission.'
        ),
      ]
    : []
