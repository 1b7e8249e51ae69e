import type { SignUp } from '../sign_up/answers.ts'
import type { ShownForm } from '../sign_up/form_of_slug.ts'
import { policyOf } from './policy.ts'
import { signsOfProof } from './proof_of_work.ts'
import { weigh, type Doubts, type Signal } from './signals.ts'
import { signsOfPace } from './signs_of_pace.ts'
import { signsOfRequest, type Request } from './signs_of_request.ts'
import { signsOfWords } from './signs_of_words.ts'

/** How a post came that is going to be judged. */
export interface Visit extends Request {
  ip: string | null
  proof: unknown
}

/**
 * Whether a sign-up looks like a person's. It takes as long whoever is known, and its proof of work is spent. What the form
 * makes of it, its policy says.
 */
export async function doubtsAbout(form: ShownForm, signUp: SignUp, visit: Visit): Promise<Doubts> {
  const { workspace, id, definition } = form
  const policy = policyOf(form.doubts)
  const [ofPace, ofProof] = await Promise.all([
    signsOfPace({ workspaceId: workspace.id, formId: id, ip: policy.shared_network ? null : visit.ip }),
    signsOfProof(visit.proof, form),
  ])
  const ofAddress = signUp.signs.map((sign) =>
    isOfPolicy(sign) && policy[sign] ? (`${sign}_by_policy` as const) : sign
  )
  const doubts = weigh([
    ...ofAddress,
    ...signsOfWords(signUp.answers, definition),
    ...signsOfRequest(visit),
    ...ofPace,
    ...ofProof,
  ])
  return policy.is_on || doubts.verdict !== 'doubtful' ? doubts : { ...doubts, verdict: 'clean' }
}

const isOfPolicy = (sign: Signal): sign is 'role' | 'disposable' => sign === 'role' || sign === 'disposable'
