import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { keptDays } from '#identity'
import { comparingSets, type SqlPiece } from '#platform'
import { allowedPeople } from '../may_receive.ts'
import { anyTrackingWords, mayBeMeasured } from '../tracking_rule.ts'
import { lastSignOfLife, lastSignsOfLife } from './sign_of_life.ts'

export interface SunsetQuestion {
  workspaceId: number
  topicId: number
  channel: string
  /** Silent for so many days… */
  days: number
  /** …to at least so many mails. */
  mails: number
}

/**
 * Silence is only what could have been heard: mails (m) that a provider took and nobody gave back, about this topic, whose clicks are
 * counted and that hold a link, since the last sign of life and since they agreed. Whoever was sent nothing of that kind is not
 * silent, however long; nor is whoever (who) is not to be measured now, and no mail counts that is older than who clicked is kept.
 * Reads `messages`, `shipments` (delivery) and `editions` (content).
 */
const countedMails = ({ workspaceId, topicId }: SunsetQuestion): SqlPiece => ({
  sql: `m.workspace_id = ? and m.state in ('accepted', 'sent', 'delivered') and m.clicks_measured
    and m.campaign_id = any(array(
      select s.campaign_id from shipments s join editions d on d.workspace_id = s.workspace_id and d.id = s.edition_id
      where s.workspace_id = ? and s.topic_id = ? and not s.demo
        and d.tracking @> '{"clicks": true}' and d.setting #> '{links,0}' is not null))`,
  bindings: [workspaceId, workspaceId, topicId],
})

/** Who clicked is known no longer than since then, by the workspace's settings (w). */
const KEPT_SINCE = `now() - make_interval(days => ${keptDays('engagements', 'w.settings')})`

const MEASURED = mayBeMeasured({
  settings: 'w.settings',
  workspace: 'who.workspace_id',
  contact: 'who.id',
  emailHash: 'who.email_hash',
})

/** For each of some people (p): to how many mails they were silent, and since when. */
function heard(question: SunsetQuestion): SqlPiece {
  const { workspaceId, topicId, channel } = question
  const life = lastSignOfLife(workspaceId)
  const mails = countedMails(question)
  return {
    sql: `
      left join lateral (select since from consents
        where workspace_id = ? and contact_id = p.contact_id and channel = ? and topic_id = ? limit 1) k on true
      cross join lateral (select greatest(k.since, ${life.sql}) as at) life
      cross join lateral (
        select count(*)::int as mails, min(m.accepted_at) as since from messages m
        join workspaces w on w.id = m.workspace_id
        join contacts who on who.workspace_id = m.workspace_id and who.id = m.contact_id
        where m.contact_id = p.contact_id and m.accepted_at > life.at and m.accepted_at > ${KEPT_SINCE} and ${mails.sql} and ${MEASURED}
      ) unheard`,
    bindings: [workspaceId, channel, topicId, ...life.bindings, ...mails.bindings],
  }
}

/**
 * The same for everybody in p, each table read once: two parts of a `with`, of which `heard` yields (contact_id, mails, since) and
 * leaves out who heard nothing. Whether somebody is to be measured is asked person by person only where anybody said a word about it.
 */
function heardByAll(question: SunsetQuestion): SqlPiece {
  const { workspaceId, topicId, channel } = question
  const signs = lastSignsOfLife(workspaceId)
  const mails = countedMails(question)
  const everybodyIs = `(w.settings->>'tracking_policy' is distinct from 'only_who_agreed' and not ${anyTrackingWords('?')}
    and not exists (select from restrictions where workspace_id = ?))`
  return {
    sql: `
      alive as materialized (
        select p.contact_id, greatest(k.since, sign.at, ${KEPT_SINCE}) as at from p
        join contacts who on who.workspace_id = ? and who.id = p.contact_id
        join workspaces w on w.id = who.workspace_id
        left join consents k on k.workspace_id = who.workspace_id and k.contact_id = p.contact_id and k.channel = ? and k.topic_id = ?
        left join (${signs.sql}) sign on sign.contact_id = p.contact_id
        where (k.since is not null or sign.at is not null) and (${everybodyIs} or ${MEASURED})),
      heard as materialized (
        select m.contact_id, count(*)::int as mails, min(m.accepted_at) as since
        from alive join messages m on m.contact_id = alive.contact_id and m.accepted_at > alive.at
        where ${mails.sql}
        group by m.contact_id)`,
    bindings: [workspaceId, channel, topicId, ...signs.bindings, workspaceId, workspaceId, ...mails.bindings],
  }
}

/** People who may get the topic and wait for no answer: yields (contact_id, email_hash). `lot` bounds them by their ids. */
function mayBeAsked(question: SunsetQuestion, lot: { after: number; most: number } | null): SqlPiece {
  const { workspaceId, topicId, channel } = question
  const people = {
    sql: `select c.id as contact_id, c.email_hash from contacts c
      where c.workspace_id = ? and c.deleted_at is null and not c.demo and c.id > ?
      ${lot ? 'order by c.id limit ?' : ''}`,
    bindings: [workspaceId, lot?.after ?? 0, ...(lot ? [lot.most] : [])],
  }
  const may = allowedPeople({ workspaceId, people, channel, topicId, few: lot !== null })
  return {
    sql: `select a.contact_id from (${may.sql}) a
      where not exists (select from reconfirmation_people x where x.workspace_id = ? and x.contact_id = a.contact_id and x.state = 'chosen')`,
    bindings: [...may.bindings, workspaceId],
  }
}

/**
 * Of the next people in the order of their ids those whose time it is to be asked, and where the next lot begins (null: this was the
 * last). One question at a time: who is asked about another topic waits.
 */
export async function silentInLot(
  question: SunsetQuestion,
  { after, most, client }: { after: number; most: number; client: Pick<QueryClientContract, 'rawQuery'> }
): Promise<{ contactIds: number[]; next: number | null }> {
  const asked = mayBeAsked(question, { after, most })
  const silence = heard(question)
  const { rows } = await client.rawQuery(
    `with lot as materialized (
       select c.id from contacts c where c.workspace_id = ? and c.deleted_at is null and not c.demo and c.id > ? order by c.id limit ?
     ), p as materialized (${asked.sql})
     select (select count(*) from lot)::int as looked_at, (select max(id) from lot) as last_id,
       coalesce((select json_agg(p.contact_id order by p.contact_id) from p ${silence.sql}
         where unheard.mails >= ? and unheard.since <= now() - make_interval(days => ?)), '[]') as contact_ids`,
    [question.workspaceId, after, most, ...asked.bindings, ...silence.bindings, question.mails, question.days] as any[]
  )
  const [{ looked_at: lookedAt, last_id: lastId, contact_ids: contactIds }] = rows
  return { contactIds, next: lookedAt < most ? null : lastId }
}

export interface SunsetPreview {
  /** Who may get the topic now. */
  mailable: number
  /** …and got no mail, since they were last heard of, whose silence could be told: they are never put to rest. */
  unheard: number
  /** Would be asked now. */
  due: number
  /** Would be asked in each of the next eight weeks, if none of them reacts. */
  weeks: number[]
}

/** What a policy would do: counted over everybody, in one statement. Its caller bounds it. */
export async function previewSunset(
  question: SunsetQuestion,
  { trx }: { trx: TransactionClientContract }
): Promise<SunsetPreview> {
  const asked = mayBeAsked(question, null)
  const silence = heardByAll(question)
  const { rows } = await comparingSets(trx, () =>
    trx.rawQuery(
      `with p as materialized (${asked.sql}),
       ${silence.sql},
       told as materialized (
         select coalesce(h.mails, 0) as mails, ceil(extract(epoch from h.since + make_interval(days => ?) - now()) / 604800)::int as week
         from p left join heard h on h.contact_id = p.contact_id)
       select count(*)::int as mailable, count(*) filter (where mails = 0)::int as unheard,
         count(*) filter (where mails >= ? and week <= 0)::int as due,
         array(select (select count(*) from told t where t.mails >= ? and t.week = w.no)::int from generate_series(1, 8) as w (no) order by w.no) as weeks
       from told`,
      [...asked.bindings, ...silence.bindings, question.days, question.mails, question.mails] as any[]
    )
  )
  return rows[0]
}
