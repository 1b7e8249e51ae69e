import type { Membership } from '../models/membership.ts'
import type { Workspace } from '../models/workspace.ts'
import { InvalidSetting, NotAllowed } from '../errors.ts'
import {
  bouncesOf,
  legitimateInterestOf,
  proofOf,
  sendingOf,
  sunsetOf,
  trackingOf,
  type BounceRules,
  type PageLook,
  type ProofRules,
  type SendingRules,
  type SunsetRules,
  type Tracking,
  type TrackingPolicy,
} from './workspace_settings.ts'

export interface SettingsChange {
  bounces?: Partial<BounceRules>
  tracking?: Partial<Tracking>
  tracking_policy?: TrackingPolicy
  sending?: Partial<SendingRules>
  page_look?: { color: string; color_dark?: string | null } | null
  proof?: Partial<ProofRules>
  sunset?: Partial<SunsetRules>
  import_rejects_days?: number
  legitimate_interest_b2b?: { is_on: boolean; assessment?: string | null }
}

/**
 * The settings of a workspace with a change to them. Mailing people who never agreed is the owner's decision, and only with
 * a word on where the interests were weighed (GDPR art. 6(1)(f), recital 47).
 *
 * @throws NotAllowed (403), InvalidSetting (422)
 */
export function changedSettings(workspace: Workspace, change: SettingsChange, by: Membership) {
  const {
    tracking,
    sending,
    bounces,
    proof,
    sunset,
    page_look: look,
    tracking_policy: trackingPolicy,
    import_rejects_days: days,
    legitimate_interest_b2b: interest,
  } = change
  if (interest) refuseCarelessInterest(workspace, interest, by)
  return {
    ...workspace.settings,
    ...(tracking && { tracking: { ...trackingOf(workspace), ...tracking } }),
    ...(trackingPolicy && { tracking_policy: trackingPolicy }),
    ...(sending && { sending: { ...sendingOf(workspace), ...sending } }),
    ...(bounces && { bounces: { ...bouncesOf(workspace), ...bounces } }),
    ...(proof && { proof: { ...proofOf(workspace), ...proof } }),
    ...(sunset && { sunset: { ...sunsetOf(workspace), ...sunset } }),
    ...(look !== undefined && { page_look: look && ({ color_dark: null, ...look } satisfies PageLook) }),
    ...(days && { retention: { ...workspace.settings?.retention, import_rejects: days } }),
    ...(interest && {
      legitimate_interest_b2b: interest.is_on,
      legitimate_interest_assessment: interest.assessment ?? legitimateInterestOf(workspace).assessment,
    }),
  }
}

function refuseCarelessInterest(
  workspace: Workspace,
  { is_on: isOn, assessment }: NonNullable<SettingsChange['legitimate_interest_b2b']>,
  by: Membership
) {
  if (by.role !== 'owner')
    throw new NotAllowed('Only an owner decides about mail on the ground of legitimate interest.')
  if (isOn && !(assessment ?? legitimateInterestOf(workspace).assessment)) {
    throw new InvalidSetting('Say where you weighed your interest against theirs: a document, its date.', {
      field: 'legitimate_interest_b2b.assessment',
    })
  }
}
