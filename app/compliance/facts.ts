import db from '@adonisjs/lucid/services/db'
import type { EmailChannel } from '#channels'
import { allowedPeople, asksOnce, capsOf, peopleOverCaps, type Cap } from '#consent'
import { personColumns, readersOf } from '#contacts'
import { compileEdition, InvalidTemplate, type CompiledEdition } from '#content'
import {
  channelFor,
  previewAudience,
  quotaOutlook,
  sendingDomains,
  watchedDomains,
  type AudiencePreview,
  type Languages,
  type QuotaOutlook,
  type SendingDomains,
  type WatchedDomain,
} from '#delivery'
import type { Workspace } from '#identity'
import { appUrl } from '#config/app'
import { comparingSets, Problem, type SqlPiece } from '#platform'
import { peopleIn } from '#segments'
import { domainOf } from './domain_checks.ts'
import { editionInput, type Draft } from './draft.ts'
import { isLocal, reachesTheWorld } from './reach.ts'

/** One letter, and what its readers are like. */
export interface LetterFacts {
  draft: Draft
  edition: CompiledEdition | null
  /** Why it cannot be compiled. */
  templateProblem: InvalidTemplate | null
  /** How many of the audience have nothing there, for each value that nothing stands in for. */
  emptyFor: Record<string, number>
}

/** Everything that the checks look at, gathered once. */
export interface Facts extends LetterFacts {
  workspace: Workspace
  topic: { id: number; name: string; isActive: boolean } | null
  /** The same in further languages. */
  letters: LetterFacts[]
  audience: AudiencePreview
  /** How many mails one person gets in how many days, and how many of the mailable had that many already. */
  caps: Cap[]
  overCaps: number
  /** Why the audience cannot be counted: a segment is gone or no longer works. */
  audienceProblem: Problem | null
  /** Values that a text may name. */
  known: string[]
  provider: EmailChannel['kind']
  /** Whether mail really leaves for people, rather than for the Outbox or a stand-in. */
  isReal: boolean
  largestSend: number | null
  /** What the provider says of our domains; null when it was not asked, because nothing could be sent anyway. */
  domains: SendingDomains | null
  /** What is known of the DNS of the sender's domain, and of the one that answers go to. */
  watched: WatchedDomain[]
  /** What the account may still send; null where nobody counts, or nobody has told. */
  quota: QuotaOutlook | null
}

const NOBODY: AudiencePreview = { candidates: 0, mailable: 0, excluded: {} }

export async function factsAbout(draft: Draft, workspace: Workspace): Promise<Facts> {
  const topic = await topicOf(draft, workspace)
  const { edition, templateProblem } = compiled(draft, { workspace, topicName: topic?.name ?? '' })
  const { people, audienceProblem } = await peopleOf(draft, workspace)
  const question = people &&
    topic && {
      workspaceId: workspace.id,
      people,
      topicId: topic.id,
      channel: draft.channel,
      asks: asksOnce(draft.audience),
    }
  const channel = await channelFor(workspace.id, { topicId: topic?.id })
  const isReal = reachesTheWorld(channel)
  const caps = topic ? await capsOf({ workspaceId: workspace.id, topicId: topic.id }) : []
  const languages = languagesOf(draft)
  // two at a time: each looks at everybody of the audience
  const [audience, empty] = await Promise.all([
    question ? previewAudience({ ...question, languages }) : NOBODY,
    question && edition ? emptyFor(edition, question) : {},
  ])
  const letters: LetterFacts[] = []
  for (const letter of draft.letters ?? []) {
    const made = compiled(letter, { workspace, topicName: topic?.name ?? '' })
    const readers = question && {
      ...question,
      people: readersOf(question.people, { workspaceId: workspace.id, language: letter.language! }),
    }
    letters.push({
      draft: letter,
      ...made,
      emptyFor: readers && made.edition ? await emptyFor(made.edition, readers) : {},
    })
  }
  return {
    workspace,
    draft,
    topic,
    edition,
    templateProblem,
    letters,
    audience,
    caps,
    overCaps: question ? await overCaps(question, caps) : 0,
    audienceProblem,
    known: [...(await knownVariables(workspace)), ...(draft.asks ? ['confirm_url'] : [])],
    emptyFor: empty,
    provider: channel.kind,
    isReal,
    largestSend: await largestSend(workspace),
    domains:
      isReal && channel.kind === 'resend' && !isLocal(appUrl)
        ? await sendingDomains({ workspaceId: workspace.id })
        : null,
    quota: await quotaOutlook({ workspaceId: workspace.id, topicId: topic?.id }),
    watched: await watchedDomains({
      workspaceId: workspace.id,
      domains: [domainOf(draft.from.email), domainOf(draft.replyTo ?? draft.from.email)],
    }),
  }
}

const languagesOf = ({ language, letters = [] }: Draft): Languages | undefined =>
  language === null ? undefined : { own: language, others: letters.map((letter) => letter.language!) }

async function topicOf({ topicId }: Draft, workspace: Workspace): Promise<Facts['topic']> {
  if (topicId === null) return null
  const row = await db.from('topics').where({ workspace_id: workspace.id, id: topicId }).first()
  return row ? { id: row.id, name: row.name, isActive: row.archived_at === null } : null
}

function compiled(draft: Draft, at: { workspace: Workspace; topicName: string }) {
  if (draft.problem) return { edition: null, templateProblem: draft.problem }
  try {
    return { edition: compileEdition(editionInput(draft, at)), templateProblem: null }
  } catch (error) {
    if (!(error instanceof InvalidTemplate)) throw error
    return { edition: null, templateProblem: error }
  }
}

async function peopleOf({ audience }: Draft, workspace: Workspace) {
  try {
    return { people: await peopleIn({ workspaceId: workspace.id, audience }), audienceProblem: null }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { people: null, audienceProblem: error }
  }
}

export async function knownVariables(workspace: { id: number }): Promise<string[]> {
  const fields = await db.from('contact_fields').where('workspace_id', workspace.id).select('key').orderBy('key')
  return [
    ...personColumns.map((column) => `contact.${column}`),
    ...fields.map(({ key }) => `contact.${key}`),
    'workspace.name',
    'workspace.postal_address',
    'topic.name',
    'unsubscribe_url',
    'preferences_url',
  ]
}

/** They are not excluded when it is frozen: it counts what they had when their turn comes. */
async function overCaps(question: Parameters<typeof allowedPeople>[0], caps: Cap[]): Promise<number> {
  if (caps.length === 0) return 0
  const { workspaceId } = question
  const { sql, bindings } = peopleOverCaps({ workspaceId, people: allowedPeople(question), caps })
  const [{ people }] = await askOfEverybody(`select count(*)::int as people from (${sql}) over_caps`, bindings)
  return people
}

/** Counted in one statement over the people who would get it. Who gets a mail has an address. */
async function emptyFor(
  edition: CompiledEdition,
  question: { workspaceId: number; people: SqlPiece; topicId: number; channel: string }
): Promise<Record<string, number>> {
  const named = edition.variables.filter(({ key, bare }) => bare && key.startsWith('contact.')).map(({ key }) => key)
  const keys = [...new Set(named)].filter((key) => key !== 'contact.email' || question.channel !== 'email')
  if (keys.length === 0) return {}
  const allowed = allowedPeople(question)
  const counts = keys.map((key) => {
    const name = key.slice('contact.'.length)
    const isColumn = (personColumns as readonly string[]).includes(name)
    return {
      sql: `count(*) filter (where coalesce(${isColumn ? `c.${name}` : 'c.attributes ->> ?'}, '') = '')::int`,
      bindings: isColumn ? [] : [name],
    }
  })
  const [found] = await askOfEverybody(
    `select array[${counts.map(({ sql }) => sql).join(', ')}] as counts
     from (${allowed.sql}) as a join contacts c on c.workspace_id = ? and c.id = a.contact_id`,
    [...counts.flatMap(({ bindings }) => bindings), ...allowed.bindings, question.workspaceId]
  )
  return Object.fromEntries(keys.map((key, at) => [key, Number(found.counts[at])]))
}

async function askOfEverybody(sql: string, bindings: readonly unknown[]) {
  const { rows } = await db.transaction((trx) => comparingSets(trx, () => trx.rawQuery(sql, bindings as any[])))
  return rows
}

async function largestSend(workspace: Workspace): Promise<number | null> {
  const { rows } = await db.rawQuery(
    `select max(mailable) as most from shipments where workspace_id = ? and created_at > now() - interval '30 days' and state <> 'cancelled'`,
    [workspace.id]
  )
  return rows[0].most
}
