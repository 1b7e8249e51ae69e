import type { Dns } from '../dns.ts'
import { blocking, finding, unknown, warning, type Finding, type Trouble } from './finding.ts'
import { readSpf, type Term } from './spf_record.ts'

/** RFC 7208 §4.6.4: more of either is a permanent error at the receiver. */
const MOST_LOOKUPS = 10
const MOST_VOID = 2
/** Where counting ends: by then it is far too many, whatever follows. */
const COUNTED = 25

interface Walk {
  dns: Dns
  lookups: number
  voids: number
  included: Set<string>
  isCircle: boolean
  troubles: Trouble[]
}

/**
 * SPF (RFC 7208) at the return path, which is the domain that it is about: one record that can be read, at most ten terms
 * that look something up and two that find nothing, wherever they stand in the tree; the provider named; not the whole
 * world allowed. Without a mail at hand every branch is walked, as the unluckiest mail would.
 *
 * @param expected the record that the provider asks for, if one is known: what it includes must be included
 */
export async function checkSpf({ dns, host, expected }: { dns: Dns; host: string; expected: string | null }) {
  const walk: Walk = { dns, lookups: 0, voids: 0, included: new Set(), isCircle: false, troubles: [] }
  const found = await walkRecord(walk, host, [])
  const { troubles } = walk
  if (found.length === 0 && troubles.length === 0) {
    return spfFinding(host, [], expected, [
      blocking(
        `There is no SPF record at ${host}.`,
        expected
          ? 'Add this TXT record where your DNS is kept.'
          : `Ask your mail provider for it and add it at ${host}.`
      ),
    ])
  }
  for (const name of includesOf(expected)) {
    if (found.length === 1 && !walk.included.has(name)) {
      troubles.push(blocking(`It does not allow your mail provider (include:${name}).`, `Add include:${name} to it.`))
    }
  }
  if (walk.lookups > MOST_LOOKUPS) {
    troubles.push(
      blocking(
        `It needs ${walk.lookups >= COUNTED ? `${COUNTED} or more` : walk.lookups} look-ups; receivers give up after ${MOST_LOOKUPS}.`,
        'Take out the includes of services that no longer send for you.'
      )
    )
  }
  if (walk.voids > MOST_VOID) {
    troubles.push(
      blocking(
        `${walk.voids} of its names do not exist; receivers give up after ${MOST_VOID}.`,
        'Take out the terms that lead nowhere.'
      )
    )
  }
  return spfFinding(host, found, expected, troubles, `One record, ${walk.lookups} of ${MOST_LOOKUPS} look-ups.`)
}

const spfFinding = (host: string, found: string[], expected: string | null, troubles: Trouble[], fine = ''): Finding =>
  finding({ id: 'spf', host, found, expected, troubles, fine })

/** @returns the SPF records at this name */
async function walkRecord(walk: Walk, name: string, path: string[]): Promise<string[]> {
  if (path.includes(name)) {
    if (!walk.isCircle) walk.troubles.push(blocking(`It includes itself (${name}).`, `Take include:${name} out.`))
    walk.isCircle = true
    return [name]
  }
  const answer = await walk.dns.txt(name)
  if (answer.kind === 'failed') {
    walk.troubles.push(unknown(`The SPF record of ${name} could not be read: ${answer.reason}.`))
    return []
  }
  const records = answer.kind === 'found' ? answer.records.filter((text) => /^v=spf1(\s|$)/i.test(text)) : []
  if (records.length > 1) {
    walk.troubles.push(
      blocking(`There are ${records.length} SPF records at ${name}: receivers use none of them.`, 'Make them one.')
    )
  }
  if (records.length === 1) await walkTerms(walk, records[0], name, path)
  return records
}

async function walkTerms(walk: Walk, record: string, name: string, path: string[]) {
  const { terms, wrong } = readSpf(record)
  if (wrong) walk.troubles.push(blocking(`“${wrong}” in the SPF record of ${name} cannot be read.`, 'Correct it.'))
  const all = terms.findIndex(({ kind }) => kind === 'all')
  if (all >= 0 && terms[all].qualifier === '+') {
    walk.troubles.push(
      warning(`${name} allows the whole world to send in its name (+all).`, 'End it with ~all or -all instead.')
    )
  }
  // what follows "all" is never looked at, and "redirect" counts only where there is none (§5.1, §6.1)
  const counted = all >= 0 ? terms.slice(0, all) : terms
  for (const term of counted) {
    if (walk.lookups >= COUNTED) return
    await look(walk, term, name, path)
  }
}

async function look(walk: Walk, { kind, value }: Term, name: string, path: string[]) {
  if (kind === 'ip4' || kind === 'ip6' || kind === 'all') return
  walk.lookups++
  const target = (value ?? name).toLowerCase()
  // a macro's name depends on the mail
  if (target.includes('%{')) return
  if (kind === 'include' || kind === 'redirect') {
    walk.included.add(target)
    const before = walk.troubles.length
    const records = await walkRecord(walk, target, [...path, name])
    if (records.length === 0 && walk.troubles.length === before) {
      walk.troubles.push(
        blocking(`${kind}:${target} leads to no SPF record, which makes all of it void.`, `Take ${kind}:${target} out.`)
      )
    }
    return
  }
  if (kind === 'ptr') {
    walk.troubles.push(warning('It uses “ptr”, which receivers ignore (RFC 7208 §5.5).', 'Take “ptr” out.'))
    return
  }
  const answer = kind === 'mx' ? await walk.dns.mx(target) : await walk.dns.addresses(target)
  if (answer.kind === 'none') walk.voids++
  if (kind === 'mx' && answer.kind === 'found' && answer.records.length > 10) {
    walk.troubles.push(blocking(`“mx” of ${target} has more than 10 hosts (RFC 7208 §4.6.4).`, 'Take “mx” out.'))
  }
}

const includesOf = (record: string | null) =>
  record === null
    ? []
    : readSpf(record)
        .terms.filter(({ kind }) => kind === 'include')
        .map(({ value }) => value!.toLowerCase())
