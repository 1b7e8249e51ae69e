/** Write once, send once. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const {
  Campaigns,
  CampaignCopies,
  CampaignSending,
  CampaignAccounts,
  RecurringCampaigns: Recurring,
  Reconfirmations,
  Proofs,
} = controllers.campaigns

/* Writing */
door.get('/campaigns', [Campaigns, 'index'], 'campaigns:read', 'campaigns.index')
door.post('/campaigns', [Campaigns, 'store'], 'campaigns:write', 'campaigns.store')
door.get('/campaigns/:id', [Campaigns, 'show'], 'campaigns:read', 'campaigns.show')
door.patch('/campaigns/:id', [Campaigns, 'update'], 'campaigns:write', 'campaigns.update')
door.delete('/campaigns/:id', [Campaigns, 'destroy'], 'campaigns:write', 'campaigns.destroy')
door.post('/campaigns/:id/restore', [Campaigns, 'restore'], 'campaigns:write', 'campaigns.restore')
door.post('/campaigns/:id/duplicate', [Campaigns, 'duplicate'], 'campaigns:write', 'campaigns.duplicate')
door.post('/campaigns/:id/resend', [Campaigns, 'resend'], 'campaigns:write', 'campaigns.resend')
door.post('/campaigns/:id/render', [CampaignCopies, 'render'], 'campaigns:read', 'campaigns.render')
door.post('/campaigns/:id/test', [CampaignCopies, 'test'], 'campaigns:write', 'campaigns.test')

/* Sending */
door.get('/campaigns/:id/preflight', [CampaignSending, 'preflight'], 'campaigns:read', 'campaigns.preflight')
door.get('/campaigns/:id/plan', [CampaignSending, 'plan'], 'campaigns:read', 'campaigns.plan')
door.post('/campaigns/:id/schedule', [CampaignSending, 'schedule'], 'campaigns:send', 'campaigns.schedule')
door.delete('/campaigns/:id/schedule', [CampaignSending, 'unschedule'], 'campaigns:send', 'campaigns.unschedule')
door.post('/campaigns/:id/approve', [CampaignSending, 'approve'], 'campaigns:send', 'campaigns.approve')
door.post('/campaigns/:id/send', [CampaignSending, 'send'], 'campaigns:send', 'campaigns.send')
door.post('/campaigns/:id/undo', [CampaignSending, 'undo'], 'campaigns:send', 'campaigns.undo')
door.post('/campaigns/:id/revise', [CampaignSending, 'revise'], 'campaigns:send', 'campaigns.revise')
door.delete(
  '/campaigns/:id/quiet-hours',
  [CampaignSending, 'ignoreQuietHours'],
  'campaigns:send',
  'campaigns.ignore_quiet_hours'
)
door.post('/campaigns/:id/pause', [CampaignSending, 'pause'], 'campaigns:send', 'campaigns.pause')
door.post('/campaigns/:id/resume', [CampaignSending, 'resume'], 'campaigns:send', 'campaigns.resume')
door.post('/campaigns/:id/cancel', [CampaignSending, 'cancel'], 'campaigns:send', 'campaigns.cancel')
door.post('/campaigns/:id/retry', [CampaignSending, 'retry'], 'campaigns:send', 'campaigns.retry')
door.post('/campaigns/:id/unconfirmed', [CampaignSending, 'decide'], 'campaigns:send', 'campaigns.decide')

/* What became of it */
door.get('/campaigns/:id/receipt', [CampaignAccounts, 'receipt'], 'campaigns:read', 'campaigns.receipt')
door.get('/campaigns/:id/receipt.csv', [CampaignAccounts, 'receiptCsv'], 'campaigns:read', 'campaigns.receiptCsv')
door.get('/campaigns/:id/receipt.zip', [CampaignAccounts, 'signedReceipt'], 'campaigns:read', 'campaigns.signedReceipt')
door.get('/campaigns/:id/messages', [CampaignAccounts, 'messages'], 'campaigns:read', 'campaigns.messages')

/* Recurring campaigns */
door.get('/recurring-campaigns', [Recurring, 'index'], 'campaigns:read', 'recurring_campaigns.index')
door.post('/recurring-campaigns', [Recurring, 'store'], 'campaigns:write', 'recurring_campaigns.store')
door.get('/recurring-campaigns/:id', [Recurring, 'show'], 'campaigns:read', 'recurring_campaigns.show')
door.patch('/recurring-campaigns/:id', [Recurring, 'update'], 'campaigns:send', 'recurring_campaigns.update')
door.delete('/recurring-campaigns/:id', [Recurring, 'destroy'], 'campaigns:send', 'recurring_campaigns.destroy')
door.post('/recurring-campaigns/:id/restore', [Recurring, 'restore'], 'campaigns:send', 'recurring_campaigns.restore')
door.post('/recurring-campaigns/:id/resume', [Recurring, 'resume'], 'campaigns:send', 'recurring_campaigns.resume')
door.post('/recurring-campaigns/:id/pause', [Recurring, 'pause'], 'campaigns:send', 'recurring_campaigns.pause')
door.post('/recurring-campaigns/:id/end', [Recurring, 'end'], 'campaigns:send', 'recurring_campaigns.end')
door.post('/recurring-campaigns/:id/skips', [Recurring, 'skip'], 'campaigns:send', 'recurring_campaigns.skip')
door.delete('/recurring-campaigns/:id/skips/:at', [Recurring, 'unskip'], 'campaigns:send', 'recurring_campaigns.unskip')
door.get('/recurring-campaigns/:id/feed', [Recurring, 'feed'], 'campaigns:read', 'recurring_campaigns.feed')
door.post('/recurring-campaigns/:id/feed', [Recurring, 'readFeed'], 'campaigns:write', 'recurring_campaigns.read_feed')

/* Asking again */
door.get('/reconfirmations', [Reconfirmations, 'index'], 'campaigns:read', 'reconfirmations.index')
door.post('/reconfirmations', [Reconfirmations, 'store'], 'campaigns:write', 'reconfirmations.store')
door.get('/reconfirmations/proofs', [Proofs, 'index'], 'consent:read', 'reconfirmations.proofs')
door.get('/reconfirmations/preview', [Proofs, 'preview'], 'consent:read', 'reconfirmations.preview')
door.get('/reconfirmations/sunset', [Proofs, 'sunset'], 'consent:read', 'reconfirmations.sunset')
door.get('/reconfirmations/:id', [Reconfirmations, 'show'], 'campaigns:read', 'reconfirmations.show')
door.post('/reconfirmations/:id/cancel', [Reconfirmations, 'cancel'], 'campaigns:send', 'reconfirmations.cancel')
