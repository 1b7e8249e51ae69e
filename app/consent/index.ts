/**
 * Consent: the only place that answers "may we write to this person?"
 * Owns: topics, consents (where each person stands), consent_entries (how they got there, append-only), suppressions.
 */
export { Topic } from './models/topic.ts'
