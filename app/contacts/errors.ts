import { Problem } from '#platform'

/** 409; `contact_id` names who has it. */
export class ContactExists extends Problem {
  static status = 409
  static code = 'E_CONTACT_EXISTS'
}

export class InvalidContact extends Problem {
  static status = 422
  static code = 'E_INVALID_CONTACT'
}

export class NoSuchContact extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}

/** A decision about somebody's own wish: not for a program's token. */
export class NeedsAPerson extends Problem {
  static status = 403
  static code = 'E_NEEDS_A_PERSON'
}

/** A request that was done or refused before. */
export class RequestSettled extends Problem {
  static status = 409
  static code = 'E_REQUEST_SETTLED'
}

export class ContactGone extends Problem {
  static status = 409
  static code = 'E_CONTACT_GONE'
}

export class FieldKeyTaken extends Problem {
  static status = 409
  static code = 'E_FIELD_KEY_TAKEN'
}

export class FieldInUse extends Problem {
  static status = 409
  static code = 'E_FIELD_IN_USE'
}

export class InvalidField extends Problem {
  static status = 422
  static code = 'E_INVALID_FIELD'
}

export class TagNameTaken extends Problem {
  static status = 409
  static code = 'E_TAG_NAME_TAKEN'
}
