import { Problem } from '#platform'

export class NotSignedIn extends Problem {
  static status = 401
  static code = 'E_UNAUTHORIZED'
}

export class NotAllowed extends Problem {
  static status = 403
  static code = 'E_FORBIDDEN'
}

export class NoSuchWorkspace extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}
