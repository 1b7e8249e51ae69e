import { Problem } from '#platform'

/** A template that cannot be sent: which field, which line, and in people's words what to change. */
export class InvalidTemplate extends Problem {
  static status = 422
  static code = 'E_TEMPLATE'
}
