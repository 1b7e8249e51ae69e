import { sesAccount, sesChannel, sesLetReceive, sesStanding, sesSuppressed, type SesAccess } from '#channels'
import { KeyRefused, ListUnread, ProviderUnreachable } from '../../errors.ts'
import { environment } from '../environment.ts'
import type { Credentials, LetReceive, Listed, ProviderKind, Tried } from '../kinds.ts'
import { saidBy } from '../said_by.ts'
import { hintOf } from '../secrets.ts'

export const ses: ProviderKind = {
  label: 'Amazon SES',
  required: ['access_key_id', 'secret_access_key', 'region'],
  optional: ['configuration_set'],
  account: (credentials) => sesAccount(accessOf(credentials)),
  hint: ({ access_key_id: key, region }) => `${hintOf(String(key))} · ${region}`,
  settings: ({ access_key_id: key, region, configuration_set: set = '' }) => ({
    access_key_id: key!,
    region: region!,
    configuration_set: set,
  }),
  channel: (credentials) => sesChannel(accessOf(credentials)),
  tryOut: (credentials) => tryAccess(accessOf(credentials)),
  letReceive: (credentials, address) => takeOffList(accessOf(credentials), address),
  suppressed: (credentials, after) => readList(accessOf(credentials), after),
}

const accessOf = (credentials: Credentials): SesAccess => ({
  accessKeyId: String(credentials.access_key_id),
  secretAccessKey: String(credentials.secret_access_key),
  region: String(credentials.region),
  ...(credentials.configuration_set ? { configurationSet: String(credentials.configuration_set) } : {}),
  ...(environment().SES_BASE_URL ? { baseUrl: environment().SES_BASE_URL } : {}),
})

/** A key that may only send is a good one, too: AWS knows it, and refuses it the question alone. */
async function tryAccess(access: SesAccess): Promise<Tried> {
  const standing = await sesStanding(access).catch((failure) => troubleOf(failure, access))
  if ('note' in standing) return standing
  if (!standing.isSendingEnabled) {
    throw new KeyRefused('AWS has switched sending off for this account in this region.', { field: 'access_key_id' })
  }
  return {
    perSecond: Math.max(1, Math.floor(standing.maxSendRate * 0.8)),
    note: standing.isInProduction ? noSet(access) : SANDBOX,
  }
}

const SANDBOX =
  'This account is in the sandbox of SES: only addresses that were verified there get mail. Ask AWS for production access.'

const noSet = ({ configurationSet }: SesAccess) =>
  configurationSet
    ? null
    : 'Without a configuration set SES does not tell what becomes of mails: bounces and complaints stay unknown.'

const WRONG_ID = [
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'MissingAuthenticationToken',
]
const WRONG_SECRET = ['InvalidSignatureException', 'SignatureDoesNotMatch', 'IncompleteSignature']

function troubleOf(
  { name, message, $metadata }: Error & { $metadata?: { httpStatusCode?: number } },
  access: SesAccess
): Tried {
  const said = message.slice(0, 200)
  if (name === 'AccessDeniedException') {
    return {
      perSecond: null,
      note: `This key may not ask for its limits (ses:GetAccount). ${noSet(access) ?? ''}`.trim(),
    }
  }
  if (WRONG_ID.includes(name))
    throw new KeyRefused(`AWS does not know this access key: ${said}`, { field: 'access_key_id' })
  if (WRONG_SECRET.includes(name)) {
    throw new KeyRefused(`The secret does not fit the access key: ${said}`, { field: 'secret_access_key' })
  }
  if ($metadata?.httpStatusCode && $metadata.httpStatusCode < 500 && $metadata.httpStatusCode !== 429) {
    throw new KeyRefused(`AWS refuses this key: ${said}`, { field: 'access_key_id' })
  }
  throw new ProviderUnreachable(`SES does not answer in this region: ${said}. Nothing was changed.`, {
    field: 'region',
  })
}

/** The account's own list in its region; the one that AWS keeps for all its customers cannot be changed. */
async function takeOffList(access: SesAccess, address: string): Promise<LetReceive> {
  try {
    return { outcome: (await sesLetReceive(access, address)) ? 'removed' : 'not_listed', note: null }
  } catch (error) {
    const { name, message } = error as Error
    if (name === 'AccessDeniedException') {
      return {
        outcome: 'failed',
        note: 'This key may not change the suppression list (ses:DeleteSuppressedDestination).',
      }
    }
    return { outcome: 'failed', note: saidBy('SES', message) }
  }
}

/** The account's own list in its region, a thousand at a time. */
async function readList(access: SesAccess, after: string | null): Promise<Listed> {
  try {
    return await sesSuppressed(access, after)
  } catch (error) {
    const { name, message } = error as Error
    if (name === 'AccessDeniedException')
      throw new ListUnread('This key may not read the suppression list (ses:ListSuppressedDestinations).')
    throw new ListUnread(saidBy('SES', message))
  }
}
