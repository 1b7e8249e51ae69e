import { addressIn, domainOf, TEST_DOMAIN } from './addresses.js'
import { invalid, Refusal } from './refusal.js'
import { readSchedule } from './schedule.js'

const MOST_RECIPIENTS = 50
const MOST_TAGS = 75
const TAG = /^[A-Za-z0-9_-]{1,256}$/
const PLACEHOLDERS = new Set(['example.com', 'test.com'])
const FORMAT = 'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'

/**
 * The rules that a mail must pass to be accepted. Source: Resend docs, "Send email" and "Errors".
 * @param {any} mail as it came in
 * @param {{ now: number, owner: string, mayUseDomain: (domain: string) => boolean }} facts
 * @throws {Refusal} by the first rule that does not hold
 */
export function checkMail(mail, { now, owner, mayUseDomain }) {
  if (mail === null || typeof mail !== 'object' || Array.isArray(mail)) throw invalid('Each email must be an object.')
  for (const field of ['from', 'to', 'subject']) if (!mail[field]) throw missing(field)
  if (!mail.html && !mail.text && !mail.template) throw missing('html` or `text')
  if (typeof mail.subject !== 'string') throw invalid('Invalid `subject` field. It must be a string.')
  checkSender(mail.from, mayUseDomain)
  for (const field of ['to', 'cc', 'bcc']) checkRecipients(field, listOf(mail[field]))
  checkSandbox(mail, owner)
  checkTags(mail.tags)
  checkHeaders(mail.headers)
  checkAttachments(mail.attachments)
  if (mail.scheduled_at !== undefined) readSchedule(mail.scheduled_at, now)
}

/** One or many, as a list. */
export function listOf(value) {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function checkSender(from, mayUseDomain) {
  const sender = addressIn(from)
  if (!sender) throw new Refusal(422, 'invalid_from_address', `Invalid \`from\` field. ${FORMAT}`)
  const domain = domainOf(sender)
  if (mayUseDomain(domain)) return
  const message = `The ${domain} domain is not verified. Please, add and verify your domain on https://resend.com/domains`
  throw new Refusal(403, 'validation_error', message)
}

function checkRecipients(field, recipients) {
  if (recipients.length > MOST_RECIPIENTS) {
    throw invalid(`The \`${field}\` field must not have more than ${MOST_RECIPIENTS} addresses.`)
  }
  for (const recipient of recipients) {
    const address = addressIn(recipient)
    if (!address) throw invalid(`Invalid \`${field}\` field. ${FORMAT}`)
    if (PLACEHOLDERS.has(domainOf(address))) {
      const advice = 'Please use our testing email address instead of domains like `example.com`.'
      throw invalid(`Invalid \`${field}\` field. ${advice}`)
    }
  }
}

function checkSandbox({ from, to }, owner) {
  if (domainOf(addressIn(from)) !== TEST_DOMAIN) return
  const isAllowed = (address) => address === owner || domainOf(address) === TEST_DOMAIN
  if (listOf(to).map(addressIn).every(isAllowed)) return
  throw new Refusal(403, 'validation_error', `You can only send testing emails to your own email address (${owner}).`)
}

function checkTags(tags = []) {
  if (!Array.isArray(tags)) throw invalid('Invalid `tags` field. It must be an array.')
  if (tags.length > MOST_TAGS) throw invalid(`The \`tags\` field must not have more than ${MOST_TAGS} items.`)
  if (tags.every((tag) => TAG.test(tag?.name) && TAG.test(tag?.value))) return
  throw invalid('Tags should only contain ASCII letters, numbers, underscores, or dashes, 256 at most.')
}

function checkHeaders(headers) {
  if (headers === undefined || headers === null) return
  const isObject = typeof headers === 'object' && !Array.isArray(headers)
  if (isObject && Object.values(headers).every((value) => typeof value === 'string')) return
  throw invalid('Invalid `headers` field. It must be an object of strings.')
}

function checkAttachments(attachments) {
  for (const attachment of listOf(attachments)) {
    if (attachment?.path || (attachment?.content && attachment?.filename)) continue
    throw new Refusal(422, 'invalid_attachment', 'Attachment must have either a `content` or `path`.')
  }
}

function missing(field) {
  return new Refusal(422, 'missing_required_field', `Missing \`${field}\` field.`)
}
