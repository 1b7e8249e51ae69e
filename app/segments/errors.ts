import { Problem } from '#platform'

/** A rule that cannot be read; `field` is the path of the leaf: "rule.all[1].op". */
export class InvalidRule extends Problem {
  static status = 422
  static code = 'E_INVALID_RULE'
}

export class CircularSegment extends InvalidRule {}

export class SegmentNameTaken extends Problem {
  static status = 409
  static code = 'E_SEGMENT_NAME_TAKEN'
}

export class SegmentInUse extends Problem {
  static status = 409
  static code = 'E_SEGMENT_IN_USE'
}

export class UnknownAudience extends Problem {
  static status = 422
  static code = 'E_UNKNOWN_AUDIENCE'
}
