import { parseJson } from './json.js'
import { Refusal } from './refusal.js'

/** What `/_control` understands; each answers with a value. */
const DESK = {
  'GET /mails': async (control, { query }) => ({ mails: await control.mails(filterIn(query)) }),
  'GET /stats': (control) => control.stats(),
  'GET /ledger': (control, { query }) => control.ledger(needed(query, 'tag'), query.get('value') ?? undefined),
  'GET /chaos': (control) => ({ rules: control.world.chaos.rules }),
  'GET /settings': (control) => control.world.options,
  'POST /settings': (control, { input }) => control.set(input),
  'POST /reset': (control) => control.reset(),
  'POST /chaos': (control, { input }) => control.chaos(Array.isArray(input) ? input : input.rules),
  'POST /clock': (control, { input }) => control.advance(Number(input.advance_ms)),
  'POST /events': (control, { input }) => control.emit(Array.isArray(input) ? input : (input.events ?? [input])),
  'POST /webhooks': (control, { input }) => control.addWebhook(input),
  'POST /webhooks/pause': (control) => control.pauseWebhooks(true),
  'POST /webhooks/resume': (control) => control.pauseWebhooks(false),
  'POST /webhooks/flush': (control) => control.flush(),
}

/**
 * Answers a request to `/_control`: 200 with what was asked, 400 with a reason.
 * @param {import('./control.js').Control} control
 * @param {{ method: string, path: string, query: URLSearchParams, body: Buffer }} request
 */
export async function answerControl(control, { method, path, query, body }) {
  const act = DESK[`${method} ${path.replace('/_control', '')}`]
  if (!act) return new Refusal(404, 'not_found', `The control has no ${method} ${path}`).answer
  try {
    const input = body.length > 0 ? parseJson(body) : {}
    return {
      status: 200,
      body: JSON.stringify((await act(control, { query, input })) ?? { ok: true }),
    }
  } catch (error) {
    return new Refusal(400, 'control_error', error.message).answer
  }
}

function filterIn(query) {
  const tags = [...query].filter(([name]) => name.startsWith('tag.')).map(([name, value]) => [name.slice(4), value])
  const limit = Number(query.get('limit') ?? 1_000)
  return { to: query.get('to') ?? undefined, tags: Object.fromEntries(tags), limit }
}

function needed(query, name) {
  const value = query.get(name)
  if (!value) throw new Error(`Missing "${name}" in the query`)
  return value
}
