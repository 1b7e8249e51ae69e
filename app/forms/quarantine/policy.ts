/** What a form makes of doubts. Not part of what visitors see, so no version of it. */
export interface DoubtPolicy {
  /** Off: doubts are written down, and nobody waits for a decision. */
  is_on: boolean
  /** Addresses of an office (info@) wait for a person. `refuses.role` is stronger: it says no at once. */
  role: boolean
  /** So do addresses to throw away, where they are not refused. */
  disposable: boolean
  /** Many sign up from one network: a tablet on a counter, a school, a server that posts for its visitors. */
  shared_network: boolean
}

const POLICY: DoubtPolicy = { is_on: true, role: false, disposable: true, shared_network: false }

export const policyOf = (kept: Partial<DoubtPolicy> | null | undefined): DoubtPolicy => ({ ...POLICY, ...kept })
