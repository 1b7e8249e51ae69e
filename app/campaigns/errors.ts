import { Problem } from '#platform'

export class CampaignNotEditable extends Problem {
  static status = 409
  static code = 'E_CAMPAIGN_NOT_EDITABLE'
}

/** Somebody else saved since this version was read. `version`, `edited_by`, `edited_at` say who and when. */
export class EditedMeanwhile extends Problem {
  static status = 409
  static code = 'E_EDITED_MEANWHILE'
}

export class CampaignInOtherState extends Problem {
  static status = 409
  static code = 'E_CAMPAIGN_STATE'
}

/** The review found what must change first; `checks` says what. */
export class PreflightBlocked extends Problem {
  static status = 422
  static code = 'E_PREFLIGHT_BLOCKED'
}

export class InvalidCampaign extends Problem {
  static status = 422
  static code = 'E_CAMPAIGN_INVALID'
}

export class InvalidRecurring extends Problem {
  static status = 422
  static code = 'E_RECURRING_INVALID'
}

export class RecurringInOtherState extends Problem {
  static status = 409
  static code = 'E_RECURRING_STATE'
}

export class TestNotSent extends Problem {
  static status = 502
  static code = 'E_TEST_NOT_SENT'
}

export class NeverSent extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}
