/**
 * Platform: what every module stands on. It knows no domain words.
 * Owns: domain_events (what was announced), idempotency_keys, rate_limits, heartbeats.
 */
export { announce } from './announce.ts'
export { insertFrom, piece, type SqlPiece, type SqlSource } from './insert_from.ts'
export { keysetPage, pageRequest, type Page, type SortKey } from './keyset_page.ts'
export { touch } from './live.ts'
export { OfWorkspace } from './of_workspace.ts'
export { readNumbersAsNumbers } from './pg_types.ts'
export { Problem, type ProblemItem } from './problem.ts'
export { keyedHash, readToken, signToken } from './tokens.ts'
