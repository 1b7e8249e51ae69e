import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { launcher } from '#tests/support/launchers'
import { Cable } from './cable.ts'
import { LEASE_SECONDS, type Plan, type Provider, type WorkerPlan } from './plan.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What all runs share: the provider, the cables to it and to the database, the web process. */
export class World {
  calls = 0
  apiKey = `re_${randomBytes(9).toString('hex')}`
  private children = new Set<ChildProcess>()
  private providerProcess!: ChildProcess
  private otherProcess!: ChildProcess
  private otherControl = 0
  /** Where the other providers are reached: by cables, too. */
  ports = { smtp: 0, ses: 0, postmark: 0 }
  private cables: Partial<Record<Provider, Cable>> = {}
  private by: Provider = 'resend'
  private hasFallback = false
  private providerUrl = ''
  private web: ChildProcess | null = null
  private env: NodeJS.ProcessEnv = {}
  databaseCable!: Cable

  /** To the provider of this run. */
  get providerCable() {
    return this.cables[this.by]!
  }

  static async begin(): Promise<World> {
    const world = new World()
    const port = await world.startProvider()
    world.providerUrl = `http://127.0.0.1:${port}`
    world.databaseCable = new Cable(Number(new URL(process.env.DATABASE_URL!).port))
    world.cables.resend = new Cable(port)
    await world.startOthers()
    const database = new URL(process.env.DATABASE_URL!)
    database.port = String(await world.databaseCable.lay())
    world.env = {
      ...process.env,
      DATABASE_URL: database.href,
      RESEND_BASE_URL: `http://127.0.0.1:${await world.cables.resend.lay()}`,
      SES_BASE_URL: `http://127.0.0.1:${world.ports.ses}`,
      POSTMARK_BASE_URL: `http://127.0.0.1:${world.ports.postmark}`,
      ALLOW_PRIVATE_ADDRESSES: 'true',
      ASSENT_LEASE_SECONDS: String(LEASE_SECONDS),
      LOG_LEVEL: 'error',
    }
    return world
  }

  async end() {
    for (const child of this.children) child.kill('SIGKILL')
    this.databaseCable.remove()
    for (const cable of Object.values(this.cables)) cable.remove()
  }

  startWorker({ crashAt, clock }: WorkerPlan): ChildProcess {
    const wrongClock = new URL('./wrong_clock.js', import.meta.url).href
    return this.start([...(clock ? [`--import=${wrongClock}`] : []), 'ace.js', 'worker'], {
      ...(crashAt ? { ASSENT_CRASH_AT: crashAt } : {}),
      ...(clock ? { WRONG_CLOCK: JSON.stringify(clock) } : {}),
    })
  }

  /** Where the provider's events go; started when first needed, and again whenever it was killed. */
  async webUrl(): Promise<string> {
    const url = process.env.APP_URL!
    await eventually('the web process answers', async () => {
      if (!this.web || hasEnded(this.web)) this.web = this.start(['--import=./bin/sources.js', 'bin/server.ts'], {})
      return (await fetch(`${url}/health/live`)).ok
    })
    return url
  }

  async killWeb() {
    if (!this.web) return
    await kill(this.web)
    await this.webUrl()
  }

  /** The provider's control (tests/stand_in/README.md). */
  async ask(path: string, body?: unknown): Promise<any> {
    const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${this.providerUrl}/_control${path}`, options)
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }

  /** A provider as at the beginning, with other faults. */
  async renewProvider({ by, hasFallback, rules }: Plan, settings: Record<string, unknown>) {
    this.by = by
    this.hasFallback = hasFallback
    await this.ask('/reset', {})
    await this.ask('/settings', settings)
    await this.ask('/chaos', rules)
    await this.askOthers('/rules', rules)
    this.calls = 0
  }

  async holdProvider(ms: number) {
    const held = this.by === 'resend' ? this.providerProcess : this.otherProcess
    held.kill('SIGSTOP')
    await sleep(ms)
    held.kill('SIGCONT')
  }

  /** What the providers of this run have accepted, by address. */
  async mailsOf({ tag, value }: { tag: 'c' | 'w'; value: number }): Promise<Record<string, number>> {
    const others = this.by === 'resend' && !this.hasFallback ? {} : (await this.askOthers('/')).mails
    const mails = this.by === 'resend' ? await this.ask(`/ledger?tag=${tag}&value=${value}`) : {}
    for (const [address, n] of Object.entries(others)) mails[address] = (mails[address] ?? 0) + n
    return mails
  }

  async askOthers(path: string, body?: unknown): Promise<{ mails: Record<string, number>; calls: number }> {
    const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await fetch(`http://127.0.0.1:${this.otherControl}${path}`, options)).json() as any
  }

  private async startOthers() {
    const script = fileURLToPath(new URL('./other_provider.ts', import.meta.url))
    this.otherProcess = fork(script, [], { cwd: root, execArgv: ['--import=./bin/sources.js'] })
    this.children.add(this.otherProcess)
    const [{ ports }] = await once(this.otherProcess, 'message')
    this.otherControl = ports.control
    for (const name of ['smtp', 'ses', 'postmark'] as const) {
      this.cables[name] = new Cable(ports[name])
      this.ports[name] = await this.cables[name].lay()
    }
    this.otherProcess.on('message', ({ calls }: { calls: number }) => {
      if (this.by !== 'resend') this.calls = calls
    })
  }

  /** Power off, power on: what was not committed is gone, everybody's connection with it. */
  async restartDatabase() {
    const [{ clusterDirectory }, server, { ask }, { eventually: within }] = await Promise.all(
      ['postgres_files', 'postgres_server', 'database', 'processes'].map(launcher)
    )
    const cluster = clusterDirectory(process.env.DATA_DIR!)
    const pid = server.postmasterOf(cluster)
    process.kill(pid, 'SIGQUIT')
    if (!(await within(() => server.postmasterOf(cluster) !== pid, 20))) throw new Error('PostgreSQL does not stop.')
    const url = process.env.DATABASE_URL!
    const isReady = () =>
      ask(url, 'select 1').then(
        () => true,
        () => false
      )
    const log = `${process.env.DATA_DIR}/restarted.log`
    await server.startServer({ cluster, port: Number(new URL(url).port), isDurable: true, log, isReady })
  }

  private async startProvider(): Promise<number> {
    const options = { rps: 0, simulate: true, retryScale: 0.005, bodies: 'none', quotaResetsIn: 1_500 }
    this.providerProcess = fork(fileURLToPath(new URL('./provider.js', import.meta.url)), [JSON.stringify(options)])
    this.children.add(this.providerProcess)
    const [{ port }] = await once(this.providerProcess, 'message')
    this.providerProcess.on('message', ({ calls }: { calls: number }) => {
      if (this.by === 'resend') this.calls = calls
    })
    return port
  }

  private start(args: string[], env: Record<string, string>): ChildProcess {
    const leash = `--import=${new URL('../../../bin/leash.js', import.meta.url).href}`
    const child = spawn(process.execPath, [leash, ...args], {
      cwd: root,
      env: { ...this.env, ...env },
      stdio: [
        'ignore',
        ...(process.env.CHAOS_LOG ? (['inherit', 'inherit'] as const) : (['ignore', 'ignore'] as const)),
        'ipc',
      ],
    })
    this.children.add(child)
    child.once('exit', () => this.children.delete(child))
    return child
  }
}

export const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL') {
  if (hasEnded(child)) return
  const end = once(child, 'exit')
  child.kill(signal)
  await end
}

/** Does the kernel say that it is stopped? */
export function isAsleep(child: ChildProcess): boolean {
  if (hasEnded(child)) return false
  return spawnSync('ps', ['-o', 'stat=', '-p', String(child.pid)])
    .stdout.toString()
    .startsWith('T')
}

/** Until something holds; what it throws counts as "not yet". */
export const eventually = (what: string, holds: () => Promise<boolean>, seconds = 60) =>
  eventuallyOrStuck(what, holds, { progress: async () => '', seconds })

/** The same, with as much patience again when something has changed meanwhile. */
export async function eventuallyOrStuck(
  what: string,
  holds: () => Promise<boolean>,
  { progress, seconds }: { progress: () => Promise<string>; seconds: number }
) {
  const later = () => performance.now() + seconds * 1_000
  let [end, last] = [later(), '']
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) {
      const now = await progress().catch(() => last)
      if (now === last) throw new Error(`Waited ${seconds} s in vain: ${what}.`)
      ;[end, last] = [later(), now]
    }
    await sleep(40)
  }
}
