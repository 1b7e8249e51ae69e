import { Problem } from '#platform'

export class NotSignedIn extends Problem {
  static status = 401
  static code = 'E_UNAUTHORIZED'
}

export class NoSession extends Problem {
  static status = 400
  static code = 'E_NO_SESSION'
}

export class WrongCredentials extends Problem {
  static status = 401
  static code = 'E_INVALID_CREDENTIALS'
}

export class NotAllowed extends Problem {
  static status = 403
  static code = 'E_FORBIDDEN'
}

export class AlreadySetUp extends Problem {
  static status = 403
  static code = 'E_ALREADY_SET_UP'
}

export class NoSuchWorkspace extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}

export class LinkNotValid extends Problem {
  static status = 404
  static code = 'E_LINK_NOT_VALID'
}

export class WeakPassword extends Problem {
  static status = 422
  static code = 'E_WEAK_PASSWORD'
}

export class WrongPassword extends Problem {
  static status = 422
  static code = 'E_WRONG_PASSWORD'
}

export class AccountExists extends Problem {
  static status = 409
  static code = 'E_ACCOUNT_EXISTS'
}

export class AlreadyMember extends Problem {
  static status = 409
  static code = 'E_ALREADY_MEMBER'
}

export class LastOwner extends Problem {
  static status = 409
  static code = 'E_LAST_OWNER'
}

export class TooMuchScope extends Problem {
  static status = 422
  static code = 'E_TOO_MUCH_SCOPE'
}

export class InvalidSetting extends Problem {
  static status = 422
  static code = 'E_VALIDATION'
}

/** Mails are to leave from it. `uses` names what sends them. */
export class SenderInUse extends Problem {
  static status = 409
  static code = 'E_SENDER_IN_USE'
}
