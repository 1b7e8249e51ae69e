import type { SendingDomain } from '../models/sending_domain.ts'
import { findingIds, type Level } from './checks/finding.ts'
import type { DnsRecord } from './dns_records.ts'
import { readable } from './domain_name.ts'
import type { KeptFinding } from './finish_check.ts'

/** A look that has not ended after so long is not going on any more. */
const PATIENCE_MS = 3 * 60_000

export const domainJson = (row: SendingDomain) => ({
  id: String(row.id),
  domain: row.domain,
  /** In its own script. */
  name: readable(row.domain),
  /** The worst of the findings; null before the first look. */
  level: row.level as Level | null,
  checking: row.checkingSince !== null && Date.now() - row.checkingSince.toMillis() < PATIENCE_MS,
  checked_at: row.checkedAt?.toUTC().toISO() ?? null,
  /** null: it is not kept at a provider, only watched. */
  provider: row.providerId
    ? { kind: 'resend' as const, status: row.providerStatus ?? '', region: row.providerRegion ?? '' }
    : null,
  provider_note: row.providerNote,
  created_at: row.createdAt.toUTC().toISO()!,
})

export const domainWithFindings = (row: SendingDomain) => ({
  ...domainJson(row),
  return_path: row.returnPath,
  dkim_selectors: row.dkimSelectors as string[],
  reply_to_domain: row.replyToDomain,
  records: row.records as DnsRecord[],
  findings: findingIds.flatMap((id) => {
    const kept = (row.findings as Record<string, KeptFinding>)[id]
    if (!kept) return []
    const { level, message, host, found, expected, fix, checked_at: checkedAt } = kept
    // while a look is going on: has this one been made again?
    const isOpen = row.checkingSince !== null && new Date(checkedAt) < row.checkingSince.toJSDate()
    return [
      {
        id,
        level,
        message,
        host,
        found,
        expected,
        fix,
        checked_at: new Date(checkedAt).toISOString(),
        is_open: isOpen,
      },
    ]
  }),
})
