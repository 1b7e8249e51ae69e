/** Everything the worker does by itself: loops that never end, jobs that were asked for, and the clock. */
import { askTheSilent, campaignClock, reconfirmationClock, recurringClock } from '#campaigns'
import { cleanImports, runImport } from '#contacts'
import {
  bounceMailboxes,
  checkDomain,
  cleanPaces,
  feedback,
  pilots,
  recheckDomains,
  refreshQuotas,
  sender,
  serviceSender,
} from '#delivery'
import { cleanSubmissions, sendDueConfirmation } from '#forms'
import { cleanSessions } from '#identity'
import { cleanPlatform, type ClockEntry, type Jobs, type WorkerLoop } from '#platform'

export const loops: WorkerLoop[] = [
  campaignClock,
  recurringClock,
  reconfirmationClock,
  serviceSender,
  sender,
  feedback,
  bounceMailboxes,
  pilots,
]

export const jobs: Jobs = {
  'imports.run': ({ workspaceId, importId }, { signal }) => runImport({ workspaceId, importId, signal }),
  'forms.confirm': ({ workspaceId, submissionId }) => sendDueConfirmation({ workspaceId, submissionId }),
  'domains.check': ({ workspaceId, domainId, again }) => checkDomain({ workspaceId, domainId, again }),
}

export const clock: ClockEntry[] = [
  { name: 'refresh-quotas', cron: '*/3 * * * *', run: () => refreshQuotas() },
  { name: 'clean-platform', cron: '17 * * * *', run: cleanPlatform },
  { name: 'clean-paces', cron: '27 * * * *', run: cleanPaces },
  { name: 'clean-sessions', cron: '32 3 * * *', run: cleanSessions },
  { name: 'clean-imports', cron: '47 3 * * *', run: cleanImports },
  { name: 'clean-submissions', cron: '52 3 * * *', run: cleanSubmissions },
  { name: 'sunset', cron: '37 * * * *', run: async () => void (await askTheSilent()) },
  { name: 'recheck-domains', cron: '23 * * * *', run: () => recheckDomains() },
]
