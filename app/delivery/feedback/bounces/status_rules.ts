import type { Verdict } from './bounce_class.ts'

/** `5.1.1` as the registry means it (RFC 3463 §3, RFC 5248, RFC 7505, RFC 7372) and Exchange Online uses it; null where it says nothing definite. */
export function verdictOfStatus(status: string): Verdict | null {
  const [kind, subject, detail] = status.split('.').map(Number)
  const found = BY_STATUS.find(({ codes }) => codes.includes(`${subject}.${detail}`)) ?? BY_SUBJECT[subject] ?? null
  if (!found) return kind === 4 ? TEMPORARY : null
  const { class: given, rule, sentence } = found
  return kind === 4 && given === 'hard' ? TEMPORARY : { class: given, rule, sentence }
}

export const TEMPORARY: Verdict = {
  class: 'soft',
  rule: 'temporary',
  sentence: 'The server cannot take the mail now.',
}

export const UNKNOWN: Verdict = {
  class: 'unknown',
  rule: 'no_reason_given',
  sentence: 'It came back, and nobody said why.',
}

const BY_STATUS: (Verdict & { codes: string[] })[] = [
  {
    class: 'hard',
    rule: 'status_no_such_address',
    sentence: 'The address does not exist.',
    codes: ['1.1', '1.3', '1.4', '1.6', '7.17'],
  },
  {
    class: 'hard',
    rule: 'status_no_such_domain',
    sentence: 'The domain of the address does not exist or takes no mail.',
    codes: ['1.2', '1.10', '4.4', '7.18'],
  },
  { class: 'hard', rule: 'status_given_up', sentence: 'The mailbox was closed or is no longer used.', codes: ['2.1'] },
  { class: 'soft', rule: 'status_mailbox_full', sentence: 'The mailbox is full.', codes: ['2.2'] },
  {
    class: 'soft',
    rule: 'status_expired',
    sentence: 'The mailbox could not be reached for days.',
    codes: ['4.7'],
  },
  {
    class: 'soft',
    rule: 'status_recipient_restricted',
    sentence: 'The address takes mail only from senders whom it knows.',
    codes: ['7.2', '7.12', '7.124', '7.129', '7.133', '7.134', '7.135', '7.136'],
  },
  {
    class: 'block',
    rule: 'status_too_large',
    sentence: 'The mail is larger than they accept.',
    codes: ['2.3', '3.4'],
  },
  {
    class: 'block',
    rule: 'status_sender_refused',
    sentence: 'They do not accept the address or the domain that the mail comes from.',
    codes: ['1.7', '1.8'],
  },
  {
    class: 'block',
    rule: 'status_authentication',
    sentence: 'They cannot verify the sender (SPF, DKIM or DMARC): the DNS records of the domain need care.',
    codes: ['7.20', '7.21', '7.22', '7.23', '7.24', '7.25', '7.26', '7.27', '7.30', '7.515'],
  },
  {
    class: 'block',
    rule: 'status_rate',
    sentence: 'Too many mails at once: they ask for a slower pace.',
    codes: ['5.3', '7.28'],
  },
]

/** What a whole family of codes means, where its members agree. */
const BY_SUBJECT: Record<number, Verdict | undefined> = {
  4: { class: 'soft', rule: 'status_unreachable', sentence: 'The mail server of the address cannot be reached.' },
  6: {
    class: 'block',
    rule: 'status_content',
    sentence: 'Their filter took the mail for spam or refused its contents.',
  },
  7: { class: 'block', rule: 'status_policy', sentence: 'Their rules do not let the mail in.' },
}
