import { Refusal } from './refusal.js'

/**
 * Who is asking, read from `Authorization: Bearer re_…`. The key's own name says what it may do:
 * `re_bad_…` is unknown (the underscore is none of a random key's digits), `re_suspended…` belongs to a stopped team,
 * `re_restricted…` may only send.
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {{ isSending: boolean }} route
 * @returns {string} the key
 * @throws {Refusal} 401 or 403. Source: Resend docs, "Errors"
 */
export function authenticate(headers, { isSending }) {
  const key = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!key) throw new Refusal(401, 'missing_api_key', 'Missing API key in the authorization header.')
  if (key.startsWith('re_suspended')) throw new Refusal(403, 'suspended_api_key', 'API key is suspended.')
  if (!key.startsWith('re_') || key.startsWith('re_bad_')) {
    throw new Refusal(403, 'invalid_api_key', 'API key is invalid.')
  }
  if (key.startsWith('re_restricted') && !isSending) {
    throw new Refusal(401, 'restricted_api_key', 'This API key is restricted to only send emails.')
  }
  return key
}
