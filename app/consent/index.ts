/**
 * Consent: the only place that answers "may we write to this person?"
 * Owns: topics, consent_wordings (what people were told, version by version), consents (where each person stands),
 * consent_entries (how they got there, append-only), consent_chains (where each person's chain of entries ends),
 * suppressions, former_addresses, restrictions, reader_wishes (a pause, less often), rests, reconfirmations,
 * reconfirmation_people. The ledger's channel `tracking` holds who may be measured (tracking_rule.ts).
 */
export { addressHash, addressKey, givenAddresses, mailboxKey } from './address.ts'
export { bases, type Basis } from './bases.ts'
export {
  InvalidAddress,
  InvalidConsent,
  InvalidReconfirmation,
  NoSuchReconfirmation,
  NoSuchSuppression,
  NoSuchTopic,
  NoSuchWording,
  ReconfirmationInOtherState,
} from './errors.ts'
export { judge, type Judgement } from './judge.ts'
export { allowedPeople, excludedPeople, firstAllowed, judgedPeople, mailablePeople } from './may_receive.ts'
export {
  Reconfirmation,
  silences,
  type ReconfirmationKind,
  type ReconfirmationState,
  type Silence,
} from './models/reconfirmation.ts'
export { Topic } from './models/topic.ts'
export {
  proofStrengths,
  strengthSql,
  THE_ENTRY,
  weaknessDetail,
  weaknessNames,
  weaknessesSql,
  type ProofStrength,
  type Weakness,
} from './proof_strength.ts'
export {
  answerReconfirmation,
  questionOf,
  type Answer,
  type AskedQuestion,
} from './reconfirming/answer_reconfirmation.ts'
export {
  aboutToAsk,
  beginAsking,
  cancelReconfirmation,
  freeToAsk,
  takeBackAsking,
} from './reconfirming/begin_asking.ts'
export { closeReconfirmation } from './reconfirming/close_reconfirmation.ts'
export { countAnswers, type Answers } from './reconfirming/count_answers.ts'
export {
  asksOnce,
  peopleOfReconfirmation,
  weaklyProven,
  type AskedAudience,
} from './reconfirming/people_of_reconfirmation.ts'
export { proofOverview } from './reconfirming/proof_overview.ts'
export { previewSunset, silentInLot, type SunsetPreview, type SunsetQuestion } from './reconfirming/silent_people.ts'
export { anyRests, passOnRests, putToRest, restJson, restsOf, wake, type Rest } from './rests.ts'
export { recordConsent, type ConsentAction, type Recorded, type SourceKind } from './record_consent.ts'
export { Suppression } from './models/suppression.ts'
export {
  countSuppressed,
  needsNewConsent,
  suppress,
  suppressionReasons,
  unsuppress,
  type SuppressionReason,
} from './suppress.ts'
export { suppressListed } from './suppress_listed.ts'
export { liftRestriction, passOnRestriction, restrict, restrictionOf, type Restriction } from './restrictions.ts'
export { sealLedger, sealOf, verifySeals } from './seal_ledger.ts'
export { verifyLedger } from './verify_ledger.ts'
export { withdrawAll } from './withdraw_all.ts'
export {
  forgetFormerAddress,
  formerAddresses,
  honourWithdrawals,
  rememberAddresses,
  type FormerAddress,
} from './former_addresses.ts'
export { consentLedger, consentState, type ConsentState, type LedgerEntry } from './consent_record.ts'
export { keptProofOrigins } from './kept.ts'
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
export { recordTracking, trackingOfPerson, type PersonTracking } from './tracking_permission.ts'
export {
  anyTrackingWords,
  isMeasured,
  mayBeMeasured,
  measuredUnder,
  TRACKING,
  trackingWord,
  type TrackingWord,
} from './tracking_rule.ts'
