import { Problem } from '#platform'

/** A template that cannot be sent: which field, which line, and in people's words what to change. */
export class InvalidTemplate extends Problem {
  static status = 422
  static code = 'E_TEMPLATE'

  /** Stopped by the clock on the wall, which on a busy machine need not be the template's fault. */
  isTooSlow = false

  static tooSlow(message: string, field: string) {
    const problem = new InvalidTemplate(message, { field })
    problem.isTooSlow = true
    return problem
  }
}
