/**
 * Consent: the only place that answers "may we write to this person?"
 * Owns: topics, consent_wordings (what people were told, version by version), consents (where each person stands),
 * consent_entries (how they got there, append-only), consent_chains (where each person's chain of entries ends),
 * suppressions, former_addresses, reader_wishes (a pause, less often).
 */
export { addressHash, addressKey, givenAddresses } from './address.ts'
export { bases, type Basis } from './bases.ts'
export { InvalidAddress, InvalidConsent, NoSuchSuppression, NoSuchTopic, NoSuchWording } from './errors.ts'
export { allowedPeople, excludedPeople, judge, judgedPeople, mailablePeople, type Judgement } from './may_receive.ts'
export { Topic } from './models/topic.ts'
export { recordConsent, type ConsentAction, type Recorded, type SourceKind } from './record_consent.ts'
export { Suppression } from './models/suppression.ts'
export {
  countSuppressed,
  ownWishes,
  suppress,
  suppressionReasons,
  unsuppress,
  type SuppressionReason,
} from './suppress.ts'
export { verifyLedger } from './verify_ledger.ts'
export { withdrawAll } from './withdraw_all.ts'
export { honourWithdrawals, rememberAddresses } from './former_addresses.ts'
export { consentLedger, consentState, type ConsentState, type LedgerEntry } from './consent_record.ts'
export { eraseLedger } from './erase_ledger.ts'
export { topicsPage } from './topics_page.ts'
export { keepWording, namedWording, reviseWording, wordingOf, type NamedWording, type Wording } from './wordings.ts'
export { capsFrom, capsOf, capsOfTopic, inWords, peopleOverCaps, type Cap } from './frequency_cap.ts'
export {
  ALL_TOPICS,
  anyWishes,
  keepWish,
  passOnWishes,
  wishesOf,
  wishJson,
  type Pace,
  type Wish,
} from './reader_wishes.ts'
