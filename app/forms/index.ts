/**
 * Forms: the ways out, and what somebody wants to get. A GET never changes anything, a POST always answers.
 * Owns nothing yet: what people say here is written by #consent. Later sign-up forms and double opt-in.
 */
export { leaveTopic } from './leave_topic.ts'
export { keepReaderWish } from './keep_reader_wish.ts'
export { leaveEverything, savePreferences } from './save_preferences.ts'
