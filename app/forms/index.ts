/**
 * Forms: the ways in and out, what somebody wants to get, and what they ask for by right. A GET never changes anything, a POST always answers. What
 * people say here is written by #consent; who signs up is asked by mail whether it was them.
 * Owns: forms, form_versions, form_submissions, spent_proofs.
 */
export { leaveByMail, leaveTopic } from './leave_topic.ts'
export { formsThatSend } from './forms_that_send.ts'
export { languages, wordsIn, type Language } from './reader_words.ts'
export { keepReaderWish } from './keep_reader_wish.ts'
export { leaveEverything, savePreferences } from './save_preferences.ts'
export { keptDoubtful, keptFormOrigins, keptUnconfirmed } from './kept.ts'
export { cleanProofs } from './quarantine/proof_of_work.ts'
export { forgetSubmissions } from './sign_up/forget_submissions.ts'
export { sendDueConfirmation } from './sign_up/send_confirmation.ts'
