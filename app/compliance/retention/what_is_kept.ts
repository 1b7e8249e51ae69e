import { keptMails } from '#channels'
import { keptProofOrigins } from '#consent'
import { keptChanges, keptFailedFiles, keptFiles, keptNotes, keptRejects, keptSamples, keptStrangers } from '#contacts'
import { keptBounceWords, keptEvents, keptMergeValues, keptServiceMail } from '#delivery'
import { keptDoubtful, keptFormOrigins, keptUnconfirmed } from '#forms'
import { keptAuditOrigins, retentionKinds, type RetentionKind } from '#identity'
import type { Kept } from '#platform'
import { keptAgents, keptEngagements } from '#tracking'

/** What is kept for a time, by the setting that says for how long. Each module lets go of its own. */
export const whatIsKept: Record<RetentionKind, Kept[]> = {
  import_files: [keptFiles, keptFailedFiles, keptSamples],
  import_rejects: [keptRejects],
  import_undo: [keptChanges],
  message_bodies: [keptMails, keptMergeValues],
  service_mail: [keptServiceMail],
  engagements: [keptEngagements],
  origins: [keptAgents, keptFormOrigins, keptAuditOrigins],
  proof_origins: [keptProofOrigins],
  unconfirmed: [keptUnconfirmed, keptStrangers],
  quarantine: [keptDoubtful],
  provider_events: [keptEvents, keptBounceWords],
  request_notes: [keptNotes],
}

export const kinds = Object.keys(retentionKinds) as RetentionKind[]
