import { readToken, signToken } from '#platform'

const PURPOSE = 'rights'

export interface AskedRequest {
  workspaceId: number
  requestId: number
}

/** What the address of the page ends with that gives or deletes; how long it does is the request's matter. */
export const rightsToken = ({ workspaceId, requestId }: AskedRequest) => signToken(PURPOSE, [workspaceId, requestId])

export function readRightsToken(token: string): AskedRequest | null {
  const numbers = readToken(PURPOSE, token)
  return numbers?.length === 2 ? { workspaceId: numbers[0], requestId: numbers[1] } : null
}
