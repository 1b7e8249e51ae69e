import { dispatchDueEvents, jobQueue, type Jobs } from '#platform'
import { listeners } from '#start/events'
import { jobs } from '#start/schedule'

/**
 * Plays the worker for one workspace: brings its announcements to their listeners and does its jobs (those whose data
 * name it as `workspaceId`), until none is due. Loops (sending) are called by their own verbs.
 */
export async function letTheWorkerWork(workspace: { id: number }) {
  const mine = { workspaceId: workspace.id }
  while ((await dispatchDueEvents(listeners, mine)) + (await doWaitingJobs(jobs, mine)) > 0);
}

/** Does what waits in the queues of `handlers` for one workspace. A failure is the test's. */
export async function doWaitingJobs(handlers: Jobs, { workspaceId }: { workspaceId: number }): Promise<number> {
  const queue = await jobQueue()
  let done = 0
  for (const [name, handle] of Object.entries(handlers)) {
    if (!(await queue.getQueue(name))) continue
    for (const job of await queue.findJobs<any>(name, { data: { workspaceId }, queued: true })) {
      await handle(job.data, { id: job.id, signal: new AbortController().signal })
      await queue.deleteJob(name, job.id)
      done++
    }
  }
  return done
}
