import { RefusedRequest } from '~/problem'

const xsrf = () => decodeURIComponent(document.cookie.match(/(?:^|;\s*)XSRF-TOKEN=([^;]+)/)?.[1] ?? '')

/** A request to a door that the typed client does not know. */
export async function ask<T>(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, {
    method,
    credentials: 'include',
    headers: { 'accept': 'application/json', 'content-type': 'application/json', 'x-xsrf-token': xsrf() },
    body: body && JSON.stringify(body),
  })
  const isJson = answer.headers.get('content-type')?.includes('json')
  if (!answer.ok || (answer.status !== 204 && !isJson)) throw new RefusedRequest(answer.status, isJson ? await answer.json() : undefined)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
