import { current } from '~/api'

export interface Upload {
  done: Promise<{ id: string }>
  cancel: () => void
}

/** Sends a file and tells how much of it has left. By XMLHttpRequest: fetch cannot say how far an upload is. */
export function upload(file: File, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest()
  const done = new Promise<{ id: string }>((resolve, reject) => {
    request.open('POST', '/api/v1/imports')
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('x-xsrf-token', xsrfToken())
    if (current.workspaceId) request.setRequestHeader('x-workspace', current.workspaceId)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => (request.status === 201 ? resolve(request.response) : reject(new Error(refusalOf(request))))
    request.onerror = () =>
      reject(new Error('The server cannot be reached. Check the connection and drop the file again.'))
    request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'))
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
  return { done, cancel: () => request.abort() }
}

const xsrfToken = () => decodeURIComponent(/(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '')

/** The server names the fix; when something before it refused, the number must do. */
function refusalOf({ response, status }: XMLHttpRequest): string {
  const message = response?.errors?.[0]?.message
  if (message) return message
  return status === 413
    ? 'This file is too large. Split it and import the parts one after the other.'
    : `The server answered ${status}. Try again.`
}
