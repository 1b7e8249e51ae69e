import db from '@adonisjs/lucid/services/db'
import { firstAllowed, trackingOfPerson } from '#consent'
import { Contact, personColumns, personVars, readersOf } from '#contacts'
import { compileEdition, loadEdition, mailHeaders, renderCopy, type CompiledEdition } from '#content'
import { editionInput, knownVariables } from '#compliance'
import { composeMail, leaveAddress, mailbox, Shipment } from '#delivery'
import type { Workspace } from '#identity'
import { Problem } from '#platform'
import { peopleIn } from '#segments'
import { inertUrls } from '#tracking'
import { appUrl } from '#config/app'
import { draftOf } from './draft_of.ts'
import { InvalidCampaign } from './errors.ts'
import { inLanguage, languageFor } from './letters.ts'
import type { Campaign } from './models/campaign.ts'
import { asItWouldBe } from './recurring/feed/with_feed.ts'

/** Whom a preview is made for, when the audience holds nobody yet. */
const NOBODY_YET = {
  email: 'reader@example.org',
  first_name: 'Ada',
  last_name: 'Lovelace',
  attributes: {},
}

interface Wish {
  workspace: Workspace
  campaign: Campaign
  contactId?: number
  /** The letter in it, whatever the person reads. */
  language?: string
}

/**
 * One person's copy, made by the very function that the sender uses. With `live`, its links and ways out are those that
 * the person gets, byte for byte; without, they lead nowhere, so that nobody can act for the person by reading.
 */
export async function renderCampaign({ workspace, campaign, contactId, language, live }: Wish & { live: boolean }) {
  const person = await personFor({ workspace, campaign, contactId, language })
  const { id, vars } = person
  const spoken = language ?? (await languageFor(campaign, { id, locale: vars.contact.locale }))
  const letter = inLanguage(campaign, spoken)
  const edition = await editionOf(letter, { workspace, language: spoken })
  const topic = { id: campaign.topicId ?? 0, name: edition.topic.name }
  const mail =
    live && person.id !== null
      ? composeMail(
          { edition, topic, workspaceId: workspace.id, campaignId: campaign.id },
          {
            contactId: person.id,
            email: person.email,
            merge: person.vars,
            isMeasured: await isMeasured(campaign, person.id),
          }
        )
      : inertMail({ edition, topic, workspace, campaign, person })
  return {
    edition,
    person,
    letter,
    mail: { ...mail, html: String(mail.html), text: String(mail.text) },
    warnings: await warningsFor(edition, {
      workspace,
      contact: person.vars.contact,
      asks: campaign.reconfirmationId !== null,
    }),
  }
}

/** What was sent is shown as it was sent; what was not, as it would be now. */
async function isMeasured({ workspaceId, id }: Campaign, contactId: number): Promise<boolean> {
  const sent = await db
    .from('messages')
    .where({ workspace_id: workspaceId, campaign_id: id, contact_id: contactId })
    .whereNotNull('accepted_at')
    .first()
  if (sent) return sent.opens_measured || sent.clicks_measured
  return (await trackingOfPerson({ workspaceId, contactId })).is_measured
}

/** The same with links that lead where they say, but are not counted, and ways out that say that this is a test. */
function inertMail({
  edition,
  topic,
  workspace,
  campaign,
  person,
}: {
  edition: CompiledEdition
  topic: { id: number; name: string }
  workspace: Workspace
  campaign: Campaign
  person: Person
}) {
  const urls = inertUrls({ baseUrl: appUrl })
  return {
    from: mailbox(edition.from),
    to: person.email,
    ...renderCopy(edition, { vars: person.vars, urls }),
    ...(edition.replyTo ? { replyTo: edition.replyTo } : {}),
    headers: mailHeaders({
      unsubscribeUrl: urls.unsubscribe,
      leaveBy: edition.leaveBy,
      workspaceId: workspace.id,
      topic,
      campaignId: campaign.id,
    }),
    tags: {},
  }
}

/** What was sent is shown as it was sent. */
async function editionOf(
  campaign: Campaign,
  { workspace, language }: { workspace: Workspace; language: string | null }
): Promise<CompiledEdition> {
  if (campaign.editionId) {
    const shipment = language === null ? null : await Shipment.of(workspace).where('id', campaign.shipmentId!).first()
    const editionId: number = shipment?.letters[language!] ?? campaign.editionId
    return loadEdition({ workspaceId: workspace.id, editionId, db: db.connection() })
  }
  const topic = await db
    .from('topics')
    .where({ workspace_id: workspace.id, id: campaign.topicId ?? 0 })
    .first()
  const draft = draftOf(await asItWouldBe(campaign, workspace))
  return compileEdition({
    ...editionInput(draft, { workspace, topicName: topic?.name ?? '' }),
    leaveBy: await leaveAddress(workspace.id, db.connection()),
  })
}

export interface Person {
  id: number | null
  email: string
  vars: { contact: Record<string, unknown> }
}

/** Who was asked for, else the first of those who would get it, else an example. */
async function personFor({ workspace, campaign, contactId, language }: Wish): Promise<Person> {
  const id = contactId ?? (await someoneOf(campaign, language))
  if (id === null) return { id: null, email: NOBODY_YET.email, vars: personVars(NOBODY_YET) }
  const row = await Contact.present(workspace)
    .where('id', id)
    .select('id', 'attributes', ...personColumns)
    .pojo<any>()
    .first()
  if (!row) throw new InvalidCampaign('There is no such contact in this workspace.', { field: 'contact_id' })
  return { id: row.id, email: row.email ?? '', vars: personVars(row) }
}

async function someoneOf(
  { workspaceId, audience, topicId, channel, letters }: Campaign,
  language?: string
): Promise<number | null> {
  if (topicId === null) return null
  try {
    const everybody = await peopleIn({ workspaceId, audience })
    const people = language && letters[language] ? readersOf(everybody, { workspaceId, language }) : everybody
    const { sql, bindings } = firstAllowed({ workspaceId, people, topicId, channel })
    const { rows } = await db.rawQuery(sql, bindings as any[])
    return rows[0]?.contact_id ?? null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

export interface Warning {
  code: 'unknown_variable' | 'empty_value' | 'useless_link'
  message: string
  field?: string
  line?: number
}

async function warningsFor(
  edition: CompiledEdition,
  { workspace, contact, asks }: { workspace: Workspace; contact: Record<string, unknown>; asks: boolean }
): Promise<Warning[]> {
  const known = [...(await knownVariables(workspace)), ...(asks ? ['confirm_url'] : [])]
  const unknown = edition.variables.filter(({ key }) => !known.includes(key.split(/[.[]/, 2).join('.')))
  const empty = edition.variables.filter(
    ({ key, bare }) => bare && key.startsWith('contact.') && known.includes(key) && (contact[key.slice(8)] ?? '') === ''
  )
  return [
    ...unknown.map(({ key, field, line }) => ({
      code: 'unknown_variable' as const,
      message: `Nothing is called ${key}. Known are: ${known.join(', ')}.`,
      field,
      line,
    })),
    ...empty.map(({ key, field, line }) => ({
      code: 'empty_value' as const,
      message: `${key} is empty for this person. Give a fallback: {{ ${key} | default: "…" }}.`,
      field,
      line,
    })),
    ...edition.uselessLinks.map((url) => ({
      code: 'useless_link' as const,
      message: `${url} leads nowhere from a mail. Give the full https address.`,
      field: 'content.source',
    })),
  ]
}
