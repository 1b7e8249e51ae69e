import { Problem } from '#platform'

/** A file that cannot be a list of people; the message names the fix. */
export class UnreadableFile extends Problem {
  static status = 422
  static code = 'E_UNREADABLE_FILE'
}

export class FileTooLarge extends Problem {
  static status = 413
  static code = 'E_FILE_TOO_LARGE'
}

/** Too much lies here that nobody has taken in. */
export class UploadsFull extends Problem {
  static status = 409
  static code = 'E_UPLOADS_FULL'
}

export class BadMapping extends Problem {
  static status = 422
  static code = 'E_BAD_MAPPING'
}

/** The import is in a state in which this cannot be done. */
export class ImportState extends Problem {
  static status = 409
  static code = 'E_IMPORT_STATE'
}

export class UploadNotText extends Problem {
  static status = 415
  static code = 'E_UNSUPPORTED_MEDIA_TYPE'
}
