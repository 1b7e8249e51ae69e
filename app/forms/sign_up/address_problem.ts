import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'
import { addressKey } from '#consent'
import { receivesMail } from '#delivery'
import { Problem } from '#platform'
import type { FormDefinition } from './definition.ts'

/** Mailboxes that RFC 2142 reserves for an office, and those that nobody reads. */
const OFFICES =
  /^(abuse|ftp|hostmaster|info|marketing|mailer-daemon|news|no-?reply|noc|postmaster|sales|security|support|usenet|uucp|webmaster|www)$/

let disposable: Set<string> | undefined

/** What is wrong with a visitor's address: a word of the catalogue and its data, or null. It is the same whoever is known. */
export async function addressProblem(
  email: string,
  { refuses }: Pick<FormDefinition, 'refuses'>
): Promise<[string, Record<string, string>] | null> {
  if (email === '') return ['error_email_missing', {}]
  const key = keyOf(email)
  if (key === null) return ['error_email', {}]
  const [name, domain] = key.split('@')
  if (refuses.role && OFFICES.test(name)) return ['error_role', { name }]
  if (refuses.disposable && isDisposable(domain)) return ['error_disposable', {}]
  return (await receivesMail(domain)) ? null : ['error_no_mail', { domain }]
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
