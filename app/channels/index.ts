/**
 * Channels: how bytes leave. A channel sends finished mails and says what became of them; it decides nothing.
 * Owns: captured_messages (the Outbox: where mail goes when no provider is set).
 */
export { captureChannel } from './email/capture_channel.ts'
export type {
  AccountLimits,
  EmailChannel,
  MailResult,
  Outcome,
  Refused,
  OutgoingMail,
  Quota,
  RefusalReason,
  ReturnWay,
  ServerReply,
  Usage,
  Used,
} from './email/email_channel.ts'
export { LookUpFailed, type FoundMail, type LookUp, type Sighting, type SoughtMail } from './email/look_up.ts'
export { resendAccount, resendChannel, resendClient } from './email/resend_channel.ts'
export { sesChannel } from './email/ses_channel.ts'
export { sesAccount, sesLetReceive, sesStanding, sesSuppressed, type SesAccess } from './email/ses_client.ts'
export { outcomeOfOne } from './email/outcome_of_one.ts'
export { postmarkChannel } from './email/postmark_channel.ts'
export { postmarkAccount, postmarkClient, type PostmarkAccess } from './email/postmark_client.ts'
export { smtpChannel } from './email/smtp_channel.ts'
export { AT_ONCE, smtpAccount, trySmtp, type SmtpPlace, type SmtpServer } from './email/smtp_connection.ts'
export { keptMails } from './kept.ts'
export { forgetCaptured, forgetCapturedAddress } from './forget_captured.ts'
