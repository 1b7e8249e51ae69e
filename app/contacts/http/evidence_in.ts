import type { Infer } from '@vinejs/vine/types'
import type { Actor } from '#identity'
import type { consentValidator, trackingValidator } from './contacts_validator.ts'
import { momentIn } from './moment_in.ts'

type Input = Infer<typeof consentValidator> | Infer<typeof trackingValidator>

/** How somebody's word is known: what was told to them, where, when, and by whom it is written down. */
export function evidenceIn(input: Input, actor: Actor) {
  const isProgram = actor.kind === 'token'
  return {
    wording: input.wording_id ? { id: input.wording_id, version: input.wording_version } : null,
    statement: input.statement ?? (input.action === 'withdraw' ? 'Withdrawn on their behalf.' : null),
    statementVersion: input.statement_version,
    language: input.language,
    source: input.source ?? (isProgram ? 'API' : 'by hand'),
    sourceKind: isProgram ? ('api' as const) : ('team' as const),
    sourceRef: input.source_ref,
    reason: input.reason,
    ip: input.ip,
    userAgent: input.user_agent,
    occurredAt: momentIn(input.occurred_at, 'occurred_at'),
    expiresAt: momentIn(input.expires_at, 'expires_at'),
  }
}
