import env from '#start/env'

/**
 * Does mail leave for real people? The Outbox keeps it; a stand-in for the provider (RESEND_BASE_URL elsewhere) and a
 * catch-all SMTP server on this machine do too. What would harm readers blocks only where there are some.
 */
export function reachesTheWorld(kind: 'resend' | 'capture' | 'smtp'): boolean {
  if (kind === 'capture') return false
  if (kind === 'resend') return isResend(process.env.RESEND_BASE_URL ?? env.get('RESEND_BASE_URL'))
  return !isLocal(process.env.SMTP_URL ?? env.get('SMTP_URL') ?? '')
}

/** An address that only this machine or this network can open: nobody can unsubscribe there. */
export function isLocal(url: string): boolean {
  const host = hostOf(url)
  return (
    host === 'localhost' ||
    /\.(localhost|local|internal|test)$/.test(host) ||
    /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|\[?::1\]?$)/.test(host)
  )
}

const isResend = (url: string | undefined) => !url || /(^|\.)resend\.com$/.test(hostOf(url))

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
