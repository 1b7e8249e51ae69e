import { current } from '~/api'

/** An upload that did not arrive. `said` is the server's own words, which name the fix; status 0: nobody answered. */
export class UploadRefused extends Error {
  constructor(
    public status: number,
    public said: string | null
  ) {
    super(said ?? `Upload refused with status ${status}`)
  }
}

export interface Upload<Answer> {
  done: Promise<Answer>
  cancel: () => void
}

/** Sends a file and tells how much of it has left. By XMLHttpRequest: fetch cannot say how far an upload is. */
export function upload<Answer>(
  path: string,
  file: File,
  onProgress: (share: number) => void = () => {}
): Upload<Answer> {
  const request = new XMLHttpRequest()
  const done = new Promise<Answer>((resolve, reject) => {
    request.open('POST', path)
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('x-xsrf-token', xsrfToken())
    if (current.workspaceId) request.setRequestHeader('x-workspace', current.workspaceId)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () =>
      request.status === 201 || request.status === 200
        ? resolve(request.response)
        : reject(new UploadRefused(request.status, request.response?.errors?.[0]?.message ?? null))
    request.onerror = () => reject(new UploadRefused(0, null))
    request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'))
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
  return { done, cancel: () => request.abort() }
}

const xsrfToken = () => decodeURIComponent(/(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '')
