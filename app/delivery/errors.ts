import { Problem } from '#platform'

export class BooksDoNotClose extends Problem {
  static status = 500
  static code = 'E_BOOKS_DO_NOT_CLOSE'
}

export class ShipmentInOtherState extends Problem {
  static status = 409
  static code = 'E_SHIPMENT_STATE'
}

/** Where there are several: `index` says which one of the list, `field` where in it. */
export class InvalidMessage extends Problem {
  static status = 422
  static code = 'E_INVALID_MESSAGE'
}

export class MessageKeyReused extends Problem {
  static status = 409
  static code = 'E_IDEMPOTENCY_KEY_REUSED'
}

export class KeyRefused extends Problem {
  static status = 422
  static code = 'E_KEY_REFUSED'
}

export class ProviderUnreachable extends Problem {
  static status = 503
  static code = 'E_PROVIDER_UNREACHABLE'
}

/** Not a door's: says what to do, beside the account. */
export class ListUnread extends Error {}

export class NoProvider extends Problem {
  static status = 404
  static code = 'E_NOT_FOUND'
}

export class InvalidDomain extends Problem {
  static status = 422
  static code = 'E_INVALID_DOMAIN'
}

export class DomainKnown extends Problem {
  static status = 409
  static code = 'E_DOMAIN_EXISTS'
}

export class TooManyDomains extends Problem {
  static status = 422
  static code = 'E_TOO_MANY_DOMAINS'
}

export class DomainIsProviders extends Problem {
  static status = 409
  static code = 'E_DOMAIN_OF_PROVIDER'
}

export class NotAtProvider extends Problem {
  static status = 409
  static code = 'E_DOMAIN_NOT_AT_PROVIDER'
}

export class CredentialsIncomplete extends Problem {
  static status = 422
  static code = 'E_CREDENTIALS_INCOMPLETE'
}

export class ProviderKnown extends Problem {
  static status = 409
  static code = 'E_PROVIDER_KNOWN'
}

export class TooManyProviders extends Problem {
  static status = 409
  static code = 'E_TOO_MANY_PROVIDERS'
}

export class NothingIsOn extends Problem {
  static status = 409
  static code = 'E_NO_PROVIDER_ON'
}

export class MailboxIncomplete extends Problem {
  static status = 422
  static code = 'E_MAILBOX_INCOMPLETE'
}

export class MailboxRefused extends Problem {
  static status = 422
  static code = 'E_MAILBOX_REFUSED'
}

export class MailboxUnreachable extends Problem {
  static status = 503
  static code = 'E_MAILBOX_UNREACHABLE'
}

export class MailboxChanged extends Problem {
  static status = 409
  static code = 'E_MAILBOX_CHANGED'
}

/** Nobody is on their way to this sign-in, or not any more. */
export class SignInUnknown extends Problem {
  static status = 422
  static code = 'E_SIGN_IN_UNKNOWN'
}

export class SignInRefused extends Problem {
  static status = 422
  static code = 'E_SIGN_IN_REFUSED'
}

export class NoBounceMailbox extends Problem {
  static status = 404
  static code = 'E_NO_BOUNCE_MAILBOX'
}

export class StillSuppressed extends Problem {
  static status = 409
  static code = 'E_STILL_SUPPRESSED'
}
