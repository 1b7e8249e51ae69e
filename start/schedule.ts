/** Everything the worker does by itself: loops that never end, jobs that were asked for, and the clock. */
import { askTheSilent, campaignClock, reconfirmationClock, recurringClock } from '#campaigns'
import { enforceRetention, startRetention } from '#compliance'
import { sealLedger } from '#consent'
import { cleanImports, runImport } from '#contacts'
import {
  bounceMailboxes,
  checkDomain,
  cleanPaces,
  cleanSignIns,
  feedback,
  listReadings,
  mirrorLists,
  pilots,
  recheckDomains,
  refreshQuotas,
  sender,
  serviceSender,
} from '#delivery'
import { cleanProofs, sendDueConfirmation } from '#forms'
import { cleanSessions } from '#identity'
import { cleanPlatform, type ClockEntry, type Jobs, type WorkerLoop } from '#platform'

export const loops: WorkerLoop[] = [
  campaignClock,
  recurringClock,
  reconfirmationClock,
  serviceSender,
  sender,
  feedback,
  listReadings,
  bounceMailboxes,
  pilots,
]

export const jobs: Jobs = {
  'imports.run': ({ workspaceId, importId }, { signal }) => runImport({ workspaceId, importId, signal }),
  'forms.confirm': ({ workspaceId, submissionId }) => sendDueConfirmation({ workspaceId, submissionId }),
  'retention.enforce': ({ workspaceId }, { signal }) => enforceRetention({ workspaceId, signal }),
  'providers.mirror_lists': ({ workspaceId }, { signal }) => mirrorLists({ workspaceId, signal }),
  'domains.check': ({ workspaceId, domainId, again }) => checkDomain({ workspaceId, domainId, again }),
}

export const clock: ClockEntry[] = [
  { name: 'refresh-quotas', cron: '*/3 * * * *', run: () => refreshQuotas() },
  { name: 'clean-platform', cron: '17 * * * *', run: cleanPlatform },
  { name: 'clean-paces', cron: '27 * * * *', run: cleanPaces },
  { name: 'clean-sign-ins', cron: '12 * * * *', run: cleanSignIns },
  { name: 'clean-sessions', cron: '32 3 * * *', run: cleanSessions },
  { name: 'seal-ledger', cron: '7 3 * * *', run: async () => void (await sealLedger()) },
  { name: 'clean-imports', cron: '47 3 * * *', run: cleanImports },
  { name: 'sunset', cron: '37 * * * *', run: async () => void (await askTheSilent()) },
  { name: 'start-retention', cron: '57 3 * * *', run: () => startRetention() },
  { name: 'clean-proofs', cron: '42 * * * *', run: cleanProofs },
  { name: 'mirror-lists', cron: '52 * * * *', run: () => mirrorLists() },
  { name: 'recheck-domains', cron: '23 * * * *', run: () => recheckDomains() },
]
