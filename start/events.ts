/** Who listens to what: after the commit, at least once, in a worker (app/platform/announce.ts). Listeners are idempotent. */
import { forgetCaptured, forgetCapturedAddress } from '#channels'
import { connectByEnvironment, forgetAddress, forgetMessages, markWhoLeftEarly, sendRequestedMail } from '#delivery'
import { forgetSubmissions, formsThatSend, leaveByMail } from '#forms'
import { campaignsThatSend, campaignsThatUse, closeCampaign, settleCampaign, stopCampaign } from '#campaigns'
import { forgetInFiles, resumeImports } from '#contacts'
import { sendPasswordReset, whoUsesSenders } from '#identity'
import type { Listeners } from '#platform'
import { whoUsesSegments } from '#segments'
import { forgetEngagements } from '#tracking'

whoUsesSegments(campaignsThatUse)
whoUsesSenders(formsThatSend)
whoUsesSenders(campaignsThatSend)

export const listeners: Listeners = {
  'address.erased': [forgetCapturedAddress, forgetAddress, forgetInFiles],
  'backup.restored': [resumeImports],
  'contact.erased': [forgetCaptured, forgetEngagements, forgetMessages, forgetSubmissions],
  'mail.requested': [sendRequestedMail],
  'message.left_early': [markWhoLeftEarly],
  'reader.left_by_mail': [leaveByMail],
  'service_mail.first': [async (event) => void (await connectByEnvironment(event))],
  'shipment.frozen': [async (event) => void (await connectByEnvironment(event))],
  'password_reset.requested': [sendPasswordReset],
  'shipment.finished': [closeCampaign],
  'shipment.closed': [closeCampaign],
  'shipment.settled': [settleCampaign],
  'shipment.stopped': [stopCampaign],
}
