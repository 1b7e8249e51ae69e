/** The lines of the protocol that can be taken out of the model, each with the line of the product that it stands for. */
export const rules = {
  'every write names the fence': { file: 'sender/settle_batch.ts', line: "fence = ? and state = 'sealed'" },
  'sealed before the call': { file: 'sender/seal_batch.ts', line: "set state = 'sealed', doubtful = true" },
  'sealed is in doubt': { file: 'sender/seal_batch.ts', line: "set state = 'sealed', doubtful = true" },
  'the same key again': { file: 'sender/send_batch.ts', line: 'idempotencyKey: batch.idempotencyKey' },
  'no unsealing in doubt': { file: 'sender/settle_batch.ts', line: 'batch.doubtful ? callAgain' },
  'permission is asked again': { file: 'sender/seal_batch.ts', line: 'await judgePeople(batch)' },
  'only what runs is sealed': { file: 'sender/seal_batch.ts', line: "s.state = 'running'" },
  'what was asked long ago is not sealed': { file: 'sender/seal_batch.ts', line: 'b.lease_until > clock_timestamp()' },
  'who slept does not call': { file: 'sender/send_batch.ts', line: 'isStale(batch.takenAt)' },
  'an old key is not called with': { file: 'sender/send_batch.ts', line: 'batch.sealedMsAgo < channel.keyLifeMs' },
  'nobody else is called with it': { file: 'sender/send_batch.ts', line: 'batch.account === channel.account' },
  'batch and messages end together': { file: 'sender/write_messages.ts', line: 'from ended left join editions' },
  'what comes back is cancelled': { file: 'sender/finish_shipments.ts', line: "s.state = 'cancelled'" },
  'what is sealed is not cancelled': { file: 'shipments/cancel_shipment.ts', line: "state in ('queued', 'leased')" },
  'what is in doubt waits for no quota': { file: 'sender/rate_budget.ts', line: '?::bool or coalesce(r.quota_until' },
  'whoever is parked is let go': { file: 'domain_pace/let_parked_go.ts', line: 'set parked_for = null' },
  'only the letter of now is sealed': { file: 'sender/seal_batch.ts', line: '${LETTER} = ?' },
  'only what waits is taken back': { file: 'shipments/undo_shipment.ts', line: ".where({ ...of, state: 'queued' })" },
  'a sealed one keeps its account': { file: 'sender/claim_batch.ts', line: 'p.account = b.account' },
  'without keys no call is made twice': { file: 'sender/send_batch.ts', line: 'batch.sealedMsAgo < channel.keyLifeMs' },
  'leases end': { file: 'sender/claim_batch.ts', line: 'b.lease_until <= clock_timestamp()' },
} as const

export type Rule = keyof typeof rules
