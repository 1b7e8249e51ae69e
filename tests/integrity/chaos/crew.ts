import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan, WorkerPlan } from './plan.ts'
import { hasEnded, isAsleep, kill, type World } from './world.ts'

/** The workers of a run: whoever dies or falls asleep is replaced, as a supervisor would; who sleeps is woken in its time. */
export class Crew {
  private aboard: ChildProcess[] = []
  private asleep = new Set<ChildProcess>()
  private next = 0
  private isOver = false
  deaths = 0
  naps = 0

  constructor(
    private world: World,
    private plan: Plan
  ) {
    for (let no = 0; no < plan.atFirst; no++) this.join()
  }

  join() {
    const worker: WorkerPlan = this.plan.workers[this.next++] ?? {}
    const child = this.world.startWorker(worker)
    this.aboard.push(child)
    child.once('exit', () => {
      this.aboard = this.aboard.filter((other) => other !== child)
      if (this.isOver) return
      this.deaths++
      if (this.awake.length < this.plan.atFirst) this.join()
    })
    if (worker.asleepMs) void this.wakeInTime(child, worker.asleepMs)
  }

  /** One that is awake is killed, put to sleep for `ms`, or asked to leave. */
  async strike(kind: 'kill' | 'sleep' | 'leave', ms: number) {
    const [victim] = this.awake
    if (!victim) return
    if (kind === 'kill') return kill(victim)
    if (kind === 'leave') return void victim.kill('SIGTERM')
    victim.kill('SIGSTOP')
    await this.nap(victim, ms)
  }

  async leave() {
    this.isOver = true
    await Promise.all(this.aboard.map((child) => kill(child)))
  }

  private get awake() {
    return this.aboard.filter((child) => !this.asleep.has(child))
  }

  private async wakeInTime(child: ChildProcess, ms: number) {
    while (!this.isOver && !hasEnded(child)) {
      if (isAsleep(child) && !this.asleep.has(child)) await this.nap(child, ms)
      await sleep(250)
    }
  }

  private async nap(child: ChildProcess, ms: number) {
    this.naps++
    this.asleep.add(child)
    if (this.awake.length === 0) this.join()
    await sleep(ms)
    child.kill('SIGCONT')
    this.asleep.delete(child)
  }
}
