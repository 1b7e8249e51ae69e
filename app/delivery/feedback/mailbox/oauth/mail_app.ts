/** The app that a workspace's owner registered with a mail provider, and what is special about that provider. */
export type MailApp =
  | { kind: 'google'; clientId: string }
  | { kind: 'microsoft'; clientId: string; tenant: string }
  | {
      kind: 'other'
      clientId: string
      authorizationEndpoint: string
      tokenEndpoint: string
      scope: string
      /** How the client secret travels (RFC 6749 §2.3.1): in the header, or beside the code. */
      clientAuth: 'basic' | 'post'
    }

export interface MailProvider {
  name: string
  /** Who answers must be this one, where an answer names itself (RFC 9207); null: nobody knows what it calls itself. */
  issuer: string | null
  authorizationEndpoint: string
  tokenEndpoint: string
  scope: string
  clientAuth: 'basic' | 'post'
  /** Asked for on the way to the consent, beside what the protocol asks for. */
  extra: Record<string, string>
}

/**
 * Google gives a refresh token only for `access_type=offline`, and again only when consent is asked again
 * (developers.google.com/identity/protocols/oauth2/web-server). At Microsoft whoever signs in may be another than the
 * mailbox, which may be a shared one, so they choose (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow).
 */
export function providerOf(app: MailApp): MailProvider {
  if (app.kind === 'google') {
    return {
      name: 'Google',
      issuer: 'https://accounts.google.com',
      authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenEndpoint: 'https://oauth2.googleapis.com/token',
      scope: 'https://mail.google.com/',
      clientAuth: 'post',
      extra: { access_type: 'offline', prompt: 'consent' },
    }
  }
  if (app.kind === 'microsoft') {
    const at = `https://login.microsoftonline.com/${encodeURIComponent(app.tenant)}/oauth2/v2.0`
    return {
      name: 'Microsoft',
      issuer: null,
      authorizationEndpoint: `${at}/authorize`,
      tokenEndpoint: `${at}/token`,
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access',
      clientAuth: 'post',
      extra: { prompt: 'select_account' },
    }
  }
  const { authorizationEndpoint, tokenEndpoint, scope, clientAuth } = app
  const name = new URL(tokenEndpoint).hostname
  return { name, issuer: null, authorizationEndpoint, tokenEndpoint, scope, clientAuth, extra: {} }
}

/** Where these two are read; no token of theirs goes anywhere else. Null: the owner says where. */
export function serverOf({ kind }: MailApp): { host: string; port: number; security: 'tls' } | null {
  if (kind === 'other') return null
  return { host: kind === 'google' ? 'imap.gmail.com' : 'outlook.office365.com', port: 993, security: 'tls' }
}
