import { Problem } from '#platform'

export class InvalidForm extends Problem {
  static status = 422
  static code = 'E_INVALID_FORM'
}

/** Somebody else saved since this version was read. `version`, `edited_by`, `edited_at` say who and when. */
export class FormEditedMeanwhile extends Problem {
  static status = 409
  static code = 'E_EDITED_MEANWHILE'
}

export class NoSuchForm extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}

export class MalformedSignUp extends Problem {
  static status = 400
  static code = 'E_MALFORMED'
}

export class OriginNotNamed extends Problem {
  static status = 403
  static code = 'E_ORIGIN_NOT_NAMED'
}

export class SubmissionInOtherState extends Problem {
  static status = 409
  static code = 'E_SUBMISSION_IN_OTHER_STATE'
}

/** A visitor's mistakes, each in the form's language and beside its field. */
export class InvalidSignUp extends Problem {
  static status = 422
  static code = 'E_INVALID_SIGN_UP'
  readonly #mistakes: Mistake[]

  constructor(mistakes: Mistake[]) {
    super(mistakes[0].message)
    this.#mistakes = mistakes
  }

  get mistakes() {
    return this.#mistakes
  }

  override get items() {
    return this.#mistakes.map(({ field, message }) => ({ code: this.code!, field, message }))
  }
}

export interface Mistake {
  field: string
  message: string
}
