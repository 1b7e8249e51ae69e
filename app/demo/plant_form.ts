import { randomBytes } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey } from '#consent'
import type { Workspace } from '#identity'
import type { Person } from './people.ts'
import { wording, type Declaration, type TopicKey } from './stands.ts'

const DAY_MS = 86_400_000
const PENDING_DAYS = 14
/** So many of the newest sign-ups: enough to page through. */
const MOST = 60

interface Bakery {
  workspace: Workspace
  people: Person[]
  contactIds: number[]
  topicIds: Record<TopicKey, number>
  said: Declaration[]
  now: number
}

/**
 * The bakery's form with its newest sign-ups, as the ledger tells them: confirmed, waiting for their confirmation, and one that
 * waits for a person. It is published where the workspace has a sender; without one nobody could be asked by mail.
 */
export async function plantForm(trx: TransactionClientContract, bakery: Bakery): Promise<void> {
  const workspaceId = bakery.workspace.id
  const isOpen = Boolean(bakery.workspace.defaultFromEmail)
  const oldest = Math.max(...bakery.said.map(({ days_ago: days }) => days))
  const at = new Date(bakery.now - oldest * DAY_MS - DAY_MS)
  const { rows } = await trx.rawQuery(
    `insert into forms (workspace_id, name, slug, version, is_open, demo, created_at, updated_at)
     values (?, 'Newsletter of the bakery', ?, 1, ?, true, ?, ?) returning id`,
    [workspaceId, `blue-door-${randomBytes(5).toString('hex')}`, isOpen, at, at] as any[]
  )
  const formId: number = rows[0].id
  await trx.rawQuery(
    `insert into form_versions (workspace_id, form_id, version, definition, changed_by, demo, created_at) values (?, ?, 1, ?, 'Ada', true, ?)`,
    [workspaceId, formId, JSON.stringify(definition(bakery.topicIds)), at] as any[]
  )
  await plantSubmissions(trx, { workspaceId, formId, submissions: [...signedUp(bakery), doubtful(bakery)] })
}

const definition = (topicIds: Record<TopicKey, number>) => ({
  language: 'en',
  title: 'Bread in your inbox',
  intro: 'Once a week, what comes out of the oven. No more than that.',
  fields: [{ name: 'first_name', label: 'First name', required: false, hidden: false, value: null }],
  topic_ids: [topicIds.specials, topicIds.classes, topicIds.news],
  wording: { text: wording.specials, version: 1 },
  button: null,
  look: { color: '#1a5fb4', color_dark: null, scheme: 'auto' },
  success: { message: null, redirect_url: null },
  double_opt_in: true,
  pending_days: PENDING_DAYS,
  origins: [],
  refuses: { role: false, disposable: true },
  asks_tracking: false,
})

interface Submission {
  state: 'confirmed' | 'pending' | 'doubtful'
  contact_id: number | null
  email: string
  hash: string
  topic_ids: number[]
  at: string
  confirmed_at: string | null
  looks: number
  score: number
  signals: Record<string, number>
  ip: string | null
  user_agent: string | null
}

/** What one person asked for at one moment is one sign-up; what they confirmed of it and what not are two. */
function signedUp({ workspace, people, contactIds, topicIds, said, now }: Bakery): Submission[] {
  const byForm = said.filter(({ source_kind: kind, action }) => kind === 'form' && action !== 'withdraw')
  const confirmed = new Map(byForm.filter(({ action }) => action === 'confirm').map((one) => [markOf(one), one]))
  const signUps = new Map<string, Submission>()
  const requests = byForm.filter(({ action }) => action === 'request').sort((a, b) => a.days_ago - b.days_ago)
  for (const request of requests) {
    const confirmation = confirmed.get(markOf(request))
    const isLate = !confirmation && request.days_ago >= PENDING_DAYS
    const key = `${request.person} ${confirmation !== undefined}`
    const before = signUps.get(key)
    if (before) before.topic_ids.push(topicIds[request.topic])
    else if (!isLate && signUps.size < MOST) {
      signUps.set(key, {
        ...submissionOf(workspace, people[request.person], new Date(now - request.days_ago * DAY_MS)),
        state: confirmation ? 'confirmed' : 'pending',
        contact_id: contactIds[request.person],
        topic_ids: [topicIds[request.topic]],
        confirmed_at: confirmation ? new Date(now - confirmation.days_ago * DAY_MS).toISOString() : null,
        looks: confirmation ? 1 : 0,
      })
    }
  }
  return [...signUps.values()]
}

const markOf = ({ person, topic }: Declaration) => `${person} ${topic}`

/** Somebody of the bakery's who wanted other mails so far (their chain goes with the demo, too), typed in by a program. */
function doubtful({ workspace, people, topicIds, said, now }: Bakery): Submission {
  const heard = new Set(said.map(({ person }) => person))
  const ofSpecials = new Set(said.flatMap(({ person, topic }) => (topic === 'specials' ? [person] : [])))
  const stranger = people.find((_, i) => heard.has(i) && !ofSpecials.has(i))!
  return {
    ...submissionOf(workspace, stranger, new Date(now - 3 * 3_600_000)),
    state: 'doubtful',
    topic_ids: [topicIds.specials],
    score: 55,
    signals: { agent_machine: 25, network_busy: 30 },
    // an address for documentation (RFC 5737)
    ip: '203.0.113.9',
    user_agent: 'python-requests/2.32.3',
  }
}

const submissionOf = ({ id }: Workspace, { email }: Person, at: Date): Submission => ({
  state: 'doubtful',
  contact_id: null,
  email,
  hash: `\\x${addressHash(id, addressKey(email)).toString('hex')}`,
  topic_ids: [],
  at: at.toISOString(),
  confirmed_at: null,
  looks: 0,
  score: 0,
  signals: {},
  ip: null,
  user_agent: null,
})

/** Oldest first, as they would have come. Those that wait live as long as a real one. */
async function plantSubmissions(
  trx: TransactionClientContract,
  { workspaceId, formId, submissions }: { workspaceId: number; formId: number; submissions: Submission[] }
) {
  await trx.rawQuery(
    `insert into form_submissions (workspace_id, form_id, version, state, contact_id, email, email_hash, topic_ids, ip, user_agent, score,
       signals, mailed_at, expires_at, looks, confirmed_at, demo, created_at)
     select ?, ?, 1, state, contact_id, email, cast(hash as bytea), topic_ids, ip, user_agent, score, signals,
       case when state <> 'doubtful' then at end, case when state <> 'doubtful' then at + interval '${PENDING_DAYS} days' end, looks,
       confirmed_at, true, at
     from jsonb_to_recordset(cast(? as jsonb)) as s (state text, contact_id bigint, email text, hash text, topic_ids bigint[], ip inet,
       user_agent text, score int, signals jsonb, looks int, confirmed_at timestamptz, at timestamptz)
     order by at`,
    [workspaceId, formId, JSON.stringify(submissions)]
  )
}
