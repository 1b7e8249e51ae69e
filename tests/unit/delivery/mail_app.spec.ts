import { test } from '@japa/runner'
import { consentAddress } from '#app/delivery/feedback/mailbox/oauth/ask_provider'
import { providerOf, serverOf, type MailApp } from '#app/delivery/feedback/mailbox/oauth/mail_app'

const google: MailApp = { kind: 'google', clientId: 'the-app' }
const microsoft: MailApp = { kind: 'microsoft', clientId: 'the-app', tenant: 'bakery.onmicrosoft.com' }

/** The example of RFC 7636, appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const redirectUri = 'https://crm.bakery.test/w/1/settings/sending/sign-in'
const asked = { redirectUri, state: 'once', verifier, user: 'bounces@bakery.test' }

const common = {
  response_type: 'code',
  client_id: 'the-app',
  redirect_uri: redirectUri,
  state: 'once',
  code_challenge: challenge,
  code_challenge_method: 'S256',
}

async function consent(app: MailApp) {
  const { origin, pathname, searchParams } = new URL(await consentAddress(app, asked))
  return { at: origin + pathname, query: Object.fromEntries(searchParams) }
}

test.group('An app with a mail provider', () => {
  test('asks Google for a refresh token, which it gives for offline access and a new consent alone', async ({
    assert,
  }) => {
    assert.deepEqual(await consent(google), {
      at: 'https://accounts.google.com/o/oauth2/v2/auth',
      query: {
        ...common,
        scope: 'https://mail.google.com/',
        access_type: 'offline',
        prompt: 'consent',
        login_hint: 'bounces@bakery.test',
      },
    })
    assert.equal(providerOf(google).tokenEndpoint, 'https://oauth2.googleapis.com/token')
    assert.deepEqual(serverOf(google), { host: 'imap.gmail.com', port: 993, security: 'tls' })
  })

  test('asks Microsoft within the tenant, and lets people choose who they are there', async ({ assert }) => {
    const at = 'https://login.microsoftonline.com/bakery.onmicrosoft.com/oauth2/v2.0'
    assert.deepEqual(await consent(microsoft), {
      at: `${at}/authorize`,
      query: {
        ...common,
        scope: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access',
        prompt: 'select_account',
      },
    })
    assert.equal(providerOf(microsoft).tokenEndpoint, `${at}/token`)
    assert.deepEqual(serverOf(microsoft), { host: 'outlook.office365.com', port: 993, security: 'tls' })
  })

  test('asks another provider at its own addresses, whose query stays', async ({ assert }) => {
    const { at, query } = await consent({
      kind: 'other',
      clientId: 'the-app',
      authorizationEndpoint: 'https://login.example.org/authorize?realm=mail',
      tokenEndpoint: 'https://login.example.org/token',
      scope: 'imap offline_access',
      clientAuth: 'basic',
    })
    assert.equal(at, 'https://login.example.org/authorize')
    assert.deepEqual(query, {
      ...common,
      realm: 'mail',
      scope: 'imap offline_access',
      login_hint: 'bounces@bakery.test',
    })
  })
})
