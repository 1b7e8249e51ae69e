import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'
import { addressKey } from '#consent'
import { receivesMail } from '#delivery'
import { Problem } from '#platform'
import type { Signal } from '../quarantine/signals.ts'
import type { FormDefinition } from './definition.ts'

/** Mailboxes that RFC 2142 reserves for an office, and those that nobody reads. */
const OFFICES =
  /^(abuse|ftp|hostmaster|info|marketing|mailer-daemon|news|no-?reply|noc|postmaster|sales|security|support|usenet|uucp|webmaster|www)$/

let disposable: Set<string> | undefined

/**
 * A visitor's address: what is wrong with it (a word of the catalogue and its data), else what may speak against it. It is
 * the same whoever is known.
 */
export async function lookAtAddress(
  email: string,
  { refuses }: Pick<FormDefinition, 'refuses'>
): Promise<{ problem: [string, Record<string, string>] } | { problem: null; signs: Signal[] }> {
  if (email === '') return { problem: ['error_email_missing', {}] }
  const key = keyOf(email)
  if (key === null) return { problem: ['error_email', {}] }
  const [name, domain] = key.split('@')
  const signs: Signal[] = []
  if (OFFICES.test(name)) {
    if (refuses.role) return { problem: ['error_role', { name }] }
    signs.push('role')
  }
  if (isDisposable(domain)) {
    if (refuses.disposable) return { problem: ['error_disposable', {}] }
    signs.push('disposable')
  }
  const receives = await receivesMail(domain)
  if (receives === 'no') return { problem: ['error_no_mail', { domain }] }
  return { problem: null, signs: receives === 'unknown' ? [...signs, 'mail_unknown'] : signs }
}

function keyOf(email: string): string | null {
  try {
    return addressKey(email)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** A name below one that is listed is its owner's, too. */
function isDisposable(domain: string): boolean {
  disposable ??= disposableEmailBlocklistSet()
  const labels = domain.split('.')
  return labels.some((_, no) => disposable!.has(labels.slice(no).join('.')))
}
