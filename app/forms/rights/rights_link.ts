import { appUrl } from '#config/app'
import { readToken, signToken } from '#platform'
import type { Language } from '../reader_words.ts'

const PURPOSE = 'rights'

export interface AskedRequest {
  workspaceId: number
  requestId: number
}

/** The address of the page that gives or deletes; how long it does is the request's matter. */
export const rightsLink = ({ workspaceId, requestId }: AskedRequest, language: Language) =>
  `${appUrl}/r/${signToken(PURPOSE, [workspaceId, requestId])}?lang=${language}`

export function readRightsToken(token: string): AskedRequest | null {
  const numbers = readToken(PURPOSE, token)
  return numbers?.length === 2 ? { workspaceId: numbers[0], requestId: numbers[1] } : null
}
