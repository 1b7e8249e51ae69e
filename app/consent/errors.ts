import { Problem } from '#platform'

export class TopicNameTaken extends Problem {
  static status = 409
  static code = 'E_TOPIC_NAME_TAKEN'
}

export class InvalidTopic extends Problem {
  static status = 422
  static code = 'E_INVALID_TOPIC'
}

export class InvalidAddress extends Problem {
  static status = 422
  static code = 'E_INVALID_ADDRESS'
}

export class InvalidConsent extends Problem {
  static status = 422
  static code = 'E_INVALID_CONSENT'
}

export class NoSuchTopic extends Problem {
  static status = 404
  static code = 'E_NO_SUCH_TOPIC'
}

export class NoSuchSuppression extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}

export class NoSuchWording extends Problem {
  static status = 404
  static code = 'E_NO_SUCH_WORDING'
}

export class WordingRevised extends Problem {
  static status = 409
  static code = 'E_WORDING_REVISED'
}

export class NotResting extends Problem {
  static status = 409
  static code = 'E_NOT_RESTING'
}

export class NoSuchReconfirmation extends Problem {
  static status = 404
  static code = 'E_NO_SUCH_RECONFIRMATION'
}

export class ReconfirmationInOtherState extends Problem {
  static status = 409
  static code = 'E_RECONFIRMATION_STATE'
}

export class InvalidReconfirmation extends Problem {
  static status = 422
  static code = 'E_RECONFIRMATION_INVALID'
}

export class NotRestricted extends Problem {
  static status = 409
  static code = 'E_NOT_RESTRICTED'
}
