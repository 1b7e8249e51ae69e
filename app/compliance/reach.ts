import type { EmailChannel } from '#channels'

/**
 * Does mail leave for real people? The Outbox keeps it; a stand-in for the provider (RESEND_BASE_URL elsewhere) and a
 * catch-all SMTP server on this machine do too. What would harm readers blocks only where there are some.
 */
export function reachesTheWorld({ kind, endpoint }: Pick<EmailChannel, 'kind' | 'endpoint'>): boolean {
  if (endpoint === null) return false
  return kind === 'resend' ? isResend(endpoint) : !isLocal(endpoint)
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

const isResend = (url: string) => /(^|\.)resend\.com$/.test(hostOf(url))

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
