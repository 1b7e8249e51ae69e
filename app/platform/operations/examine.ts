import { statfs } from 'node:fs/promises'
import db from '@adonisjs/lucid/services/db'
import { appUrl, isHttps } from '#config/app'
import env from '#start/env'
import { failureForLog } from '../failure_for_log.ts'
import { checkMigrations, checkWorker } from './readiness.ts'

export interface Finding {
  what: string
  level: 'ok' | 'warn' | 'bad'
  note: string
  fix?: string
}

const GB = 1024 ** 3

/** Everything that commonly keeps an installation from working, looked at one by one. What throws is a finding, too. */
export async function examine(): Promise<Finding[]> {
  const examinations = { database, migrations, ledgers, worker, clock, events, provider, address, proxy, disk, runtime }
  const findings: Finding[] = []
  for (const [what, look] of Object.entries(examinations)) {
    findings.push({
      what,
      ...(await look().catch((error): Omit<Finding, 'what'> => {
        return {
          level: 'bad',
          note: `could not be looked at: ${failureForLog(error).message || failureForLog(error).type}`,
        }
      })),
    })
  }
  return findings
}

type Look = () => Promise<Omit<Finding, 'what'>>

const database: Look = async () => {
  const { rows } = await db.rawQuery(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`
  )
  const note = `PostgreSQL ${rows[0].name}`
  if (rows[0].number >= 160_000) return { level: 'ok', note }
  return { level: 'bad', note, fix: 'Assent needs PostgreSQL 16 or newer. Without DATABASE_URL it brings its own.' }
}

const migrations: Look = async () => {
  const { ok, note } = await checkMigrations()
  return ok
    ? { level: 'ok', note }
    : { level: 'bad', note, fix: 'Start Assent with npm start, which brings the database up to date.' }
}

/** What must only grow: could it be changed by who signs in here, or because a trigger is off? */
const ledgers: Look = async () => {
  const { rows } = await db.rawQuery(
    `select current_user as role, count(distinct tgrelid)::int as number,
       string_agg(distinct relname, ', ') filter (where tgenabled not in ('O', 'A')) as unguarded,
       coalesce(bool_or(pg_has_role(relowner, 'usage')
         or (tgtype::int & 8 > 0 and has_table_privilege(tgrelid, 'delete'))
         or (tgtype::int & 16 > 0 and has_table_privilege(tgrelid, 'update'))
         or (tgtype::int & 32 > 0 and has_table_privilege(tgrelid, 'truncate'))), false) as may_change
     from pg_trigger join pg_class on pg_class.oid = tgrelid
     where tgname in ('append_only', 'append_only_whole')`
  )
  const { role, number, unguarded, may_change: mayChange } = rows[0]
  if (number === 0) return { level: 'bad', note: 'none is guarded', fix: 'Start Assent with npm start.' }
  if (unguarded) {
    return {
      level: 'bad',
      note: `a trigger that keeps ${unguarded} from changes is off`,
      fix: 'Somebody switched it off. Look with npm run ace -- consent:verify; alter table … enable always trigger all switches it on.',
    }
  }
  if (mayChange) {
    return {
      level: 'warn',
      note: `${number}, kept by triggers alone: ${role} could switch them off`,
      fix: 'Give web and worker a role with fewer rights: docs/operations.md, “Roles in the database”.',
    }
  }
  return { level: 'ok', note: `${number}, to which ${role} may add and which it cannot change` }
}

const worker: Look = async () => {
  const { ok, note } = await checkWorker()
  return ok
    ? { level: 'ok', note }
    : { level: 'bad', note, fix: 'npm start runs one; elsewhere: npm run ace -- worker.' }
}

const clock: Look = async () => {
  const before = Date.now()
  const { rows } = await db.rawQuery(`select extract(epoch from clock_timestamp())::float8 * 1000 as now`)
  const seconds = Math.abs(rows[0].now - (before + Date.now()) / 2) / 1000
  const note = `${seconds.toFixed(1)} s apart from the database's`
  if (seconds < 2) return { level: 'ok', note }
  return { level: seconds < 30 ? 'warn' : 'bad', note, fix: 'Let NTP set the clocks of this machine and the database.' }
}

const events: Look = async () => {
  const { rows } = await db.rawQuery(
    `select count(*) filter (where dead_at is not null) as dead,
            count(*) filter (where dead_at is null and created_at < now() - interval '10 minutes') as late
     from domain_events where dispatched_at is null`
  )
  const { dead, late } = rows[0]
  if (dead > 0) {
    return {
      level: 'warn',
      note: `${dead} announcements could not be delivered`,
      fix: 'Look at last_error in domain_events. To try again: update domain_events set dead_at = null, attempts = 0, not_before = now() where dead_at is not null and not secret.',
    }
  }
  if (late > 0)
    return {
      level: 'warn',
      note: `${late} announcements wait since more than ten minutes`,
      fix: 'Is a worker running?',
    }
  return { level: 'ok', note: 'nothing stuck' }
}

const provider: Look = async () => {
  if (env.get('RESEND_API_KEY')) return { level: 'ok', note: 'Resend, by RESEND_API_KEY' }
  if (env.get('SMTP_URL')) return { level: 'ok', note: 'SMTP, by SMTP_URL' }
  const { rows } = await db.rawQuery(
    'select count(distinct workspace_id) as n from provider_accounts where credentials is not null'
  )
  if (rows[0].n > 0) return { level: 'ok', note: `${rows[0].n} workspaces have their own` }
  return {
    level: 'warn',
    note: 'none: mail goes to the Outbox of the web app, not to people',
    fix: 'Connect Resend in Settings → Sending, or set RESEND_API_KEY or SMTP_URL.',
  }
}

const address: Look = async () => {
  const { hostname, pathname } = new URL(appUrl)
  if (pathname !== '/')
    return {
      level: 'bad',
      note: appUrl,
      fix: 'APP_URL must be an origin without a path, such as https://crm.example.com.',
    }
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    return {
      level: 'warn',
      note: `${appUrl}: links in mails work on this computer only`,
      fix: 'Set APP_URL to the address at which people reach Assent.',
    }
  }
  if (!isHttps)
    return {
      level: 'warn',
      note: `${appUrl}: passwords travel in the clear`,
      fix: 'Put a proxy with TLS before Assent and set APP_URL to https://…',
    }
  return { level: 'ok', note: appUrl }
}

const proxy: Look = async () => {
  if (!isHttps || env.get('TRUST_PROXY'))
    return { level: 'ok', note: env.get('TRUST_PROXY') ? 'trusted' : 'none expected' }
  return {
    level: 'warn',
    note: 'APP_URL is https, yet no proxy is trusted: all visitors seem to come from one address',
    fix: 'Set TRUST_PROXY=true when the proxy sits on this machine or in its private network.',
  }
}

const disk: Look = async () => {
  const { bavail, bsize } = await statfs(env.get('DATA_DIR') ?? '.')
  const free = (bavail * bsize) / GB
  const note = `${free.toFixed(1)} GB free`
  if (free > 2) return { level: 'ok', note }
  return { level: free > 0.3 ? 'warn' : 'bad', note, fix: 'Make room: without it the database stops.' }
}

const runtime: Look = async () => {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return { level: 'ok', note: `Node ${process.versions.node}` }
  return {
    level: 'bad',
    note: `Node ${process.versions.node}`,
    fix: 'Run commands with npm run ace -- …, which brings Node 24.',
  }
}
