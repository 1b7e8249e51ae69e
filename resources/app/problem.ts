/** What went wrong, in one shape, whatever threw it: the API's `{ errors, request_id }` (docs/api.md), a lost network, a bug. */
import { TuyauError } from '@tuyau/core/client'

export interface ProblemItem {
  code: string
  message: string
  field?: string
  rule?: string
  [fact: string]: unknown
}

export interface ProblemSeen {
  status: number
  code: string
  message: string
  items: ProblemItem[]
  requestId: string | null
}

const UNREACHABLE = 'The server cannot be reached. Check the connection; nothing you typed is lost.'

/** What a request came to that did not go by the typed client; without a status, nobody answered. */
export class RequestFailed extends Error {
  constructor(
    readonly status: number | undefined,
    readonly response?: unknown
  ) {
    super(`The request failed (${status}).`)
  }
}

export function problemOf(error: unknown): ProblemSeen {
  if (error instanceof TuyauError || error instanceof RequestFailed) return problemOfAnswer(error)
  return plain(0, 'E_UNEXPECTED', error instanceof Error ? error.message : String(error))
}

function problemOfAnswer({ status, response }: { status?: number; response?: unknown }): ProblemSeen {
  const answer = response as { errors?: ProblemItem[]; request_id?: string } | null | undefined
  const items = Array.isArray(answer?.errors) ? answer.errors : []
  if (items.length > 0) {
    const [{ code, message }] = items
    return { status: status ?? 0, code, message, items, requestId: answer?.request_id ?? null }
  }
  return status
    ? plain(status, 'E_PROBLEM', `The server answered ${status}. Try again.`)
    : plain(0, 'E_NETWORK', UNREACHABLE)
}

/**
 * For a part of the app that did not come: thrown on as it is while the server answers (a release moved the files), else
 * as what is really wrong.
 */
export async function orUnreachable(error: unknown): Promise<never> {
  const answers = await fetch('/health/live', { cache: 'no-store' }).catch(() => null)
  throw answers ? error : new Error(UNREACHABLE)
}

const plain = (status: number, code: string, message: string): ProblemSeen => ({
  status,
  code,
  message,
  items: [],
  requestId: null,
})

/** The messages by field, as `form.setErrors` takes them. */
export function fieldErrors(error: unknown): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { field, message, rule } of problemOf(error).items) {
    if (field && !(field in errors)) errors[field] = besideItsField(message, rule)
  }
  return errors
}

/** The validator names the field as programs do (`from_email`); beside its field people read what the label calls it. */
const besideItsField = (message: string, rule?: string) =>
  rule === 'required'
    ? 'Please fill this in.'
    : message
        .replace(/^The \S+ field (.*?)\.?$/, 'This $1.')
        .replace(/^The selected \S+ is invalid$/, 'This is none of the choices.')

/**
 * Puts the server's refusals beside their fields; what belongs to no field of this form is returned, for `<FormProblem>`.
 *
 * @example
 * const save = useMutation(api.topics.store.mutationOptions({ onError: (error) => setProblem(showErrors(form, error)) }))
 */
export function showErrors(
  form: { setErrors(errors: Record<string, string>): void; getValues(): object },
  error: unknown
): ProblemSeen | null {
  const errors = fieldErrors(error)
  const known = Object.keys(errors).filter((field) => field.split('.')[0] in form.getValues())
  form.setErrors(Object.fromEntries(known.map((field) => [field, errors[field]])))
  return known.length > 0 ? null : problemOf(error)
}
