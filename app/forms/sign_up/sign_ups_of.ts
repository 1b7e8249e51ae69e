import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** What came of a form so far, people and machines alike. */
export interface SignUps {
  /** Were sent a mail that asks whether it was them, also those that are forgotten since. */
  asked: number
  /** Of these, those who pressed the button. */
  confirmed: number
  /** Of these, those who did not but still can. */
  waiting: number
  /** Agreed at once, by a form without double opt-in. */
  agreed: number
  lastAt: Date | null
}

const NONE: SignUps = { asked: 0, confirmed: 0, waiting: 0, agreed: 0, lastAt: null }

/** The sign-ups of these forms of a workspace. */
export async function signUpsOf(
  forms: { id: number; workspaceId: number }[],
  client: QueryClientContract
): Promise<(form: { id: number }) => SignUps> {
  if (forms.length === 0) return () => NONE
  const { rows } = await client.rawQuery(
    `select f.id, f.forgotten_asked + count(s.mailed_at)::int as asked, count(s.confirmed_at)::int as confirmed,
       count(*) filter (where s.state = 'pending' and s.mailed_at is not null and s.expires_at > now())::int as waiting,
       count(*) filter (where s.state = 'granted')::int as agreed, greatest(f.forgotten_last_at, max(s.created_at)) as "lastAt"
     from forms f left join form_submissions s on s.workspace_id = f.workspace_id and s.form_id = f.id
     where f.workspace_id = ? and f.id = any(?::bigint[]) group by f.workspace_id, f.id`,
    [forms[0].workspaceId, forms.map(({ id }) => id)] as any[]
  )
  const known = new Map<number, SignUps>(rows.map(({ id, ...signUps }: SignUps & { id: number }) => [id, signUps]))
  return ({ id }) => known.get(id) ?? NONE
}
