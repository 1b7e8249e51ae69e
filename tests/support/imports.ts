import { runImport } from '#contacts'

const base = () => `http://${process.env.HOST}:${process.env.PORT}/api/v1`

/** A question to the API as a program puts it: `await ask(token, 'POST', '/imports/1/start', { mapping })`. */
export async function ask(token: string, method: string, path: string, json?: unknown) {
  const answer = await fetch(`${base()}${path}`, {
    method,
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  return read(answer)
}

/** A file through the door, as the body itself. */
export async function upload(token: string, file: string | Buffer | ReadableStream, type = 'text/csv') {
  const headers = { 'authorization': `Bearer ${token}`, 'content-type': type }
  return read(
    await fetch(`${base()}/imports?file_name=list.csv`, {
      method: 'POST',
      headers,
      body: file as any,
      duplex: 'half',
    } as any)
  )
}

/** … and as a browser sends it. */
export async function uploadForm(token: string, parts: Record<string, string | Blob>) {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') form.append(name, part)
    else form.append(name, part, 'people.csv')
  }
  return read(
    await fetch(`${base()}/imports`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form })
  )
}

async function read(answer: Response) {
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: text.startsWith('{') ? JSON.parse(text) : null }
}

export const suggestedMapping = (columns: { name: string; suggested: string | null }[]) =>
  Object.fromEntries(columns.flatMap(({ name, suggested }) => (suggested ? [[name, suggested]] : [])))

/** Uploads, starts with what was suggested (or said), runs it here, and gives the import as it ended. */
export async function importFile(
  { workspace, token }: { workspace: { id: number }; token: string },
  file: string | Buffer,
  options: Record<string, unknown> = {}
) {
  const uploaded = await upload(token, file)
  if (uploaded.status !== 201) throw new Error(uploaded.text)
  const { id, columns } = uploaded.body
  const started = await ask(token, 'POST', `/imports/${id}/start`, { mapping: suggestedMapping(columns), ...options })
  if (started.status !== 202) throw new Error(started.text)
  await runImport({ workspaceId: workspace.id, importId: Number(id) })
  return (await ask(token, 'GET', `/imports/${id}`)).body
}
