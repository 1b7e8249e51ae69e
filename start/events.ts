/** Who listens to what: after the commit, at least once, in a worker (app/platform/announce.ts). Listeners are idempotent. */
import { forgetCaptured } from '#channels'
import { connectByEnvironment, forgetMessages, markWhoLeftEarly, sendRequestedMail } from '#delivery'
import { campaignsThatUse, closeCampaign, stopCampaign } from '#campaigns'
import { sendPasswordReset } from '#identity'
import type { Listeners } from '#platform'
import { whoUsesSegments } from '#segments'

whoUsesSegments(campaignsThatUse)

export const listeners: Listeners = {
  'contact.erased': [forgetCaptured, forgetMessages],
  'mail.requested': [sendRequestedMail],
  'message.left_early': [markWhoLeftEarly],
  'service_mail.first': [async (event) => void (await connectByEnvironment(event))],
  'shipment.frozen': [async (event) => void (await connectByEnvironment(event))],
  'password_reset.requested': [sendPasswordReset],
  'shipment.finished': [closeCampaign],
  'shipment.closed': [closeCampaign],
  'shipment.stopped': [stopCampaign],
}
