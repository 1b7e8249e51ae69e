import { hash as digest } from 'node:crypto'
import type { OutgoingMail } from '#channels'
import { mailHeaders, sharedCopy, type CompiledEdition } from '#content'
import type { Interpolated } from '#platform'
import { recipientUrls } from '#tracking'
import { appUrl } from '#config/app'

/** What a mail is made from, beside the edition: stored when the batch is sealed, so that the same bytes come again. */
export interface Addressee {
  contactId: number
  email: string
  /** The values of the merge keys that the edition uses. */
  merge: { contact: Record<string, unknown> }
  /** Their opens and clicks may be noted; else there is no pixel, and links lead straight to where they lead. */
  isMeasured?: boolean
}

const UNMEASURED = { opens: false, clicks: false }

export interface Letter {
  edition: CompiledEdition
  topic: { id: number; name: string }
  workspaceId: number
  campaignId: number
}

/** One person's mail: pure, the same input gives the same bytes. Throws InvalidTemplate when the text cannot be rendered for them. */
export function composeMail(letter: Letter, { contactId, email, merge, isMeasured = true }: Addressee): OutgoingMail {
  const { edition, topic, workspaceId, campaignId } = letter
  const tracking = isMeasured ? edition.tracking : UNMEASURED
  const urls = recipientUrls({ workspaceId, campaignId, contactId, baseUrl: appUrl, tracking })
  const copy = sharedCopy(edition, { vars: merge, urls })
  return {
    from: mailbox(edition.from),
    to: email,
    ...copy,
    ...(edition.replyTo ? { replyTo: edition.replyTo } : {}),
    headers: mailHeaders({
      unsubscribeUrl: urls.unsubscribe,
      leaveBy: edition.leaveBy,
      workspaceId,
      topic,
      campaignId,
    }),
    tags: { w: String(workspaceId), c: String(campaignId), m: String(contactId) },
  }
}

/** What a call will carry, as a fingerprint. What all mails share counts once, by its own fingerprint. */
export const payloadHash = (mails: OutgoingMail[]): Buffer =>
  digest(
    'sha256',
    JSON.stringify(mails.map((mail) => ({ ...mail, html: recipe(mail.html), text: recipe(mail.text) }))),
    'buffer'
  )

const recipe = (text: string | Interpolated) =>
  typeof text === 'string' ? digest('sha256', text, 'base64') : [fingerprint(text.strings), text.values]

const fingerprints = new WeakMap<readonly string[], string>()

function fingerprint(strings: readonly string[]): string {
  let known = fingerprints.get(strings)
  if (!known) {
    known = digest('sha256', JSON.stringify(strings), 'base64')
    fingerprints.set(strings, known)
  }
  return known
}

/** `Name <address>` for a From header, safe for any name (RFC 5322 §3.2.4). */
export const mailbox = ({ name, email }: { name: string; email: string }) =>
  name.trim() === '' ? email : `"${name.replace(/[\r\n]+/g, ' ').replace(/(["\\])/g, '\\$1')}" <${email}>`

/** Of everything known about a person only what the edition asks for, by `contact.…` key. */
export function snapshot(contact: Record<string, unknown>, mergeKeys: string[]): Addressee['merge'] {
  const kept: Record<string, unknown> = {}
  for (const key of mergeKeys) {
    const [scope, name] = key.split('.')
    if (scope === 'contact' && Object.hasOwn(contact, name)) kept[name] = contact[name]
  }
  return { contact: kept }
}
