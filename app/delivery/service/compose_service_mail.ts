import { createHash } from 'node:crypto'
import type { OutgoingMail } from '#channels'
import { compileEdition, mergeKeys, sharedCopy, InvalidTemplate, type CompiledEdition } from '#content'
import type { Workspace } from '#identity'
import { InvalidMessage } from '../errors.ts'
import { mailbox } from '../sender/compose_mails.ts'

export interface ServiceLetter {
  from?: { name?: string; email: string }
  reply_to?: string
  subject: string
  content: { kind: 'markdown' | 'html'; source: string }
  text?: string
  data?: Record<string, unknown>
  headers?: Record<string, string>
  /** BCP 47, what the letter is written in; the workspace's own when absent. */
  locale?: string
}

/** The whole mail but for its tags, as it is stored and as it will leave. */
export type StoredMail = Omit<OutgoingMail, 'html' | 'text' | 'tags' | 'isPrivate'> & { html: string; text: string }

/**
 * One person's service mail: no pixel, no counted links, no way out of a subscription. Made when it is asked for, so that
 * whatever is wrong with it is told to who asks.
 *
 * @throws InvalidTemplate, InvalidMessage
 */
export function composeServiceMail(
  workspace: Workspace,
  letter: ServiceLetter,
  { to, contact }: { to: string; contact: Record<string, unknown> }
): StoredMail {
  const edition = editionOf(workspace, letter)
  const data = letter.data ?? {}
  refuseUnknownTags(edition, data)
  const copy = sharedCopy(edition, { vars: { contact, data }, urls: NO_URLS })
  const subject = storable(copy.subject)
  if (subject === '') throw new InvalidMessage('With these values the subject is empty.', { field: 'subject' })
  return {
    from: mailbox(edition.from),
    to,
    subject,
    html: storable(String(copy.html)),
    text: storable(String(copy.text)),
    ...(edition.replyTo ? { replyTo: edition.replyTo } : {}),
    headers: { ...OWN_HEADERS, 'Feedback-ID': `service:workspace-${workspace.id}:assent`, ...(letter.headers ?? {}) },
  }
}

const OWN_HEADERS = { 'Auto-Submitted': 'auto-generated' }
const NO_URLS = { click: () => null, open: null, unsubscribe: '', preferences: '', confirm: '' }

/** Neither NUL nor half a character: a database cannot hold them as JSON. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '')

const KEPT = 100
const editions = new Map<string, CompiledEdition>()

/** Compiling costs more than filling in: a program sends the same letter again and again. Not one that asks for the time. */
function editionOf(workspace: Workspace, letter: ServiceLetter): CompiledEdition {
  const { name, postalAddress, timezone, locale } = workspace
  const { subject, content, text = null } = letter
  const input = {
    workspace: { name, postalAddress, timezone, locale: letter.locale ?? locale },
    topicName: 'service',
    from: senderOf(workspace, letter),
    replyTo: letter.reply_to ?? null,
    subject,
    preheader: '',
    content,
    text,
    tracking: { opens: false, clicks: false },
    isService: true,
  }
  if (/now|today/.test(`${subject} ${content.source} ${text}`)) return compileEdition(input)
  const key = createHash('sha256').update(JSON.stringify(input)).digest('base64')
  let edition = editions.get(key)
  if (!edition) {
    edition = compileEdition(input)
    if (editions.size >= KEPT) editions.delete(editions.keys().next().value!)
    editions.set(key, edition)
  }
  return edition
}

function senderOf(workspace: Workspace, { from }: ServiceLetter) {
  const email = from?.email ?? workspace.defaultFromEmail
  if (!email) {
    throw new InvalidMessage('Say who it is from, or set a sender in Settings.', { field: 'from' })
  }
  return { email, name: from?.name ?? (from ? '' : (workspace.defaultFromName ?? workspace.name)) }
}

const KNOWN = ['contact', 'workspace', 'data']

/** A receipt without its number must not leave: what the text asks for plainly has to be there. */
function refuseUnknownTags(edition: CompiledEdition, data: Record<string, unknown>) {
  const unknown = mergeKeys(edition).find((key) => !KNOWN.includes(key.split(/[.[]/, 1)[0]))
  if (unknown) {
    const { field } = edition.variables.find(({ key }) => key === unknown)!
    const message = /^(unsubscribe|preferences)_url/.test(unknown)
      ? `${unknown} has no place in service mail: there is no subscription to leave.`
      : `Nothing is called ${unknown}. Values that you give stand in data: {{ data.${unknown} }}.`
    throw new InvalidTemplate(message, { field })
  }
  const missing = edition.variables.find(({ key, bare }) => bare && isMissing(key, data))
  if (missing) {
    throw new InvalidMessage(`The text asks for ${missing.key}, which has no value.`, { field: missing.key })
  }
}

function isMissing(key: string, data: Record<string, unknown>): boolean {
  const [root, ...path] = key.split('.')
  if (root !== 'data' || /[[\]]/.test(key)) return false
  let value: any = data
  for (const name of path) {
    if (['size', 'first', 'last'].includes(name) && value !== null && value !== undefined) return false
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? value[name] : undefined
  }
  return value === undefined || value === null
}
