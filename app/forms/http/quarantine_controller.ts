import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { retentionOf, type Actor, type Workspace } from '#identity'
import { keysetPage, pageRequest, Problem } from '#platform'
import { FormSubmission } from '../models/form_submission.ts'
import { approveSignUp, rejectSignUp, reopenSignUp } from '../quarantine/decide.ts'
import { MOST_WAITING } from '../quarantine/hold.ts'
import { quarantinedJson, rulesJson } from '../quarantine/quarantine_json.ts'
import { CERTAIN, DOUBTFUL } from '../quarantine/signals.ts'
import {
  approveValidator,
  decisionsValidator,
  listQuarantineValidator,
  rejectValidator,
} from './quarantine_validator.ts'

/** `/quarantine`: sign-ups that a person of the team lets through or rejects. A decision that was made already is answered by itself. */
export default class QuarantineController {
  async index(ctx: HttpContext) {
    const { workspace, request } = ctx
    const data = request.qs()
    const { form_id: formId, decision = 'none' } = await request.validateUsing(listQuarantineValidator, { data })
    const query = FormSubmission.of(workspace)
    if (formId) query.where('form_id', formId)
    if (decision === 'none') query.where('state', 'doubtful')
    else query.whereNotNull('judged_at').where('state', decision === 'rejected' ? '=' : '<>', 'rejected')
    const { data: rows, ...rest } = await keysetPage(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (row: FormSubmission) => row.id }],
      toJson: (row: FormSubmission) => row,
    })
    return { data: await shown(workspace, rows), ...rest }
  }

  /** `GET /quarantine/summary`: how many wait at which form, what is forgotten when, and the rules with their points. */
  async summary({ workspace }: HttpContext) {
    const { rows } = await db.rawQuery(
      `select f.id::text, f.name, f.turned_away, coalesce(w.waiting, 0) as waiting, w.oldest_at
       from forms f left join (
         select form_id, count(*) as waiting, min(created_at) as oldest_at from form_submissions
         where workspace_id = ? and state = 'doubtful' group by form_id
       ) w on w.form_id = f.id
       where f.workspace_id = ? and (f.deleted_at is null or w.waiting > 0) order by coalesce(w.waiting, 0) desc, f.id desc limit 200`,
      [workspace.id, workspace.id]
    )
    const forms: FormWaiting[] = rows.map(({ oldest_at: oldestAt, ...form }: any) => ({
      ...form,
      oldest_at: oldestAt?.toISOString() ?? null,
    }))
    return {
      waiting: forms.reduce((sum, { waiting }) => sum + waiting, 0),
      days: retentionOf(workspace).quarantine,
      most_waiting: MOST_WAITING,
      doubtful_from: DOUBTFUL as number,
      certain_from: CERTAIN as number,
      rules: rulesJson(),
      forms,
    }
  }

  async show({ params, workspace }: HttpContext) {
    const row = await held(workspace).findOrFail(params.id)
    return (await shown(workspace, [row]))[0]
  }

  async approve({ params, request, workspace, actor }: HttpContext) {
    const submission = await held(workspace).findOrFail(params.id)
    const { reason } = await request.validateUsing(approveValidator)
    const after = await db.transaction((trx) => approveSignUp({ workspace, submission, reason, actor, trx }))
    return (await shown(workspace, [after]))[0]
  }

  async reject({ params, request, workspace, actor }: HttpContext) {
    const submission = await held(workspace).findOrFail(params.id)
    const { reason } = await request.validateUsing(rejectValidator)
    const after = await db.transaction((trx) => rejectSignUp({ workspace, submission, reason, actor, trx }))
    return (await shown(workspace, [after]))[0]
  }

  async reopen({ params, workspace, actor }: HttpContext) {
    const submission = await held(workspace).findOrFail(params.id)
    const after = await db.transaction((trx) => reopenSignUp({ workspace, submission, actor, trx }))
    return (await shown(workspace, [after]))[0]
  }

  /** `POST /quarantine/decisions`: several at once, each by itself. What could not be decided is named, the rest is done. */
  async decide({ request, workspace, actor }: HttpContext) {
    const { ids, ...decision } = await request.validateUsing(decisionsValidator)
    const rows = await held(workspace).whereIn('id', ids)
    const decided: FormSubmission[] = []
    const problems: { id: string; code: string; message: string }[] = []
    for (const id of ids) {
      const submission = rows.find((row) => row.id === id)
      const outcome = submission ? await decideOne(submission, { workspace, actor, ...decision }) : NOT_THERE
      if (outcome instanceof FormSubmission) decided.push(outcome)
      else problems.push({ id: String(id), ...outcome })
    }
    return { data: await shown(workspace, decided), problems }
  }
}

interface FormWaiting {
  id: string
  name: string
  waiting: number
  /** How many were not kept because the form had as many as it may. */
  turned_away: number
  oldest_at: string | null
}

/** What is or was in quarantine; other sign-ups are not there. */
const held = (workspace: Workspace) =>
  FormSubmission.of(workspace).where((either) => either.where('state', 'doubtful').orWhereNotNull('judged_at'))

const deciding = { approve: approveSignUp, reject: rejectSignUp, reopen: reopenSignUp }

const NOT_THERE = { code: 'E_NOT_FOUND', message: 'There is no such sign-up in quarantine.' }

async function decideOne(
  submission: FormSubmission,
  {
    decision,
    reason = '',
    ...by
  }: { decision: keyof typeof deciding; reason?: string; workspace: Workspace; actor: Actor }
) {
  try {
    return await db.transaction((trx) => deciding[decision]({ ...by, submission, reason, trx }))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { code: error.code!, message: error.message }
  }
}

async function shown(workspace: Workspace, rows: FormSubmission[]) {
  const named = async (table: string, ids: number[]) =>
    new Map<number, string>(
      (
        await db
          .from(table)
          .where('workspace_id', workspace.id)
          .whereIn('id', [...new Set(ids)])
          .select('id', 'name')
      ).map(({ id, name }) => [id, name])
    )
  const [forms, topics] = await Promise.all([
    named(
      'forms',
      rows.map(({ formId }) => formId)
    ),
    named(
      'topics',
      rows.flatMap(({ topicIds }) => topicIds)
    ),
  ])
  return rows.map((row) => quarantinedJson(row, { forms, topics, days: retentionOf(workspace).quarantine }))
}
