import { resendAccount, smtpAccount } from '#channels'
import env from '#start/env'

/** What the environment says of mail. Read at each call: tests choose their provider while they run. */
export const environment = () => ({
  RESEND_API_KEY: process.env.RESEND_API_KEY ?? env.get('RESEND_API_KEY'),
  RESEND_BASE_URL: process.env.RESEND_BASE_URL ?? env.get('RESEND_BASE_URL'),
  SMTP_URL: process.env.SMTP_URL ?? env.get('SMTP_URL'),
  DNS_SERVERS: process.env.DNS_SERVERS ?? env.get('DNS_SERVERS'),
  SES_BASE_URL: process.env.SES_BASE_URL ?? env.get('SES_BASE_URL'),
  POSTMARK_BASE_URL: process.env.POSTMARK_BASE_URL ?? env.get('POSTMARK_BASE_URL'),
  ALLOW_PRIVATE_ADDRESSES:
    process.env.ALLOW_PRIVATE_ADDRESSES === 'true' || env.get('ALLOW_PRIVATE_ADDRESSES') === true,
})

/** The account that the environment's key or mail server stands for, if there is one. */
export function environmentAccount(): string | null {
  const { RESEND_API_KEY: key, SMTP_URL: url } = environment()
  if (key) return resendAccount(key)
  return url ? smtpAccount({ url }) : null
}
