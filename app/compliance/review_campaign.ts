import type { Workspace } from '#identity'
import type { Check } from './check.ts'
import type { Draft } from './draft.ts'
import type { AudiencePreview } from '#delivery'
import { factsAbout, type Facts, type LetterFacts } from './facts.ts'
import { sendingChecks } from './sending_checks.ts'
import { writingChecks } from './writing_checks.ts'

export interface Review {
  verdict: 'ready' | 'blocked'
  checks: Check[]
  audience: AudiencePreview
}

const weight = { block: 0, warn: 1, ok: 2 }

/** Looks at a draft as it stands now: what must change before it may be sent, and what had better change. */
export async function reviewCampaign({ workspace, draft }: { workspace: Workspace; draft: Draft }): Promise<Review> {
  const facts = await factsAbout(draft, workspace)
  const checks = [
    ...sendingChecks(facts),
    ...writingChecks(facts),
    ...facts.letters.flatMap(inItsLanguage(facts)),
  ].sort((a, b) => weight[a.level] - weight[b.level])
  return {
    verdict: checks.some(({ level }) => level === 'block') ? 'blocked' : 'ready',
    checks,
    audience: facts.audience,
  }
}

/** Of a letter in another language only what is to be put right, named by its language. */
const inItsLanguage = (facts: Facts) => (letter: LetterFacts) =>
  writingChecks({ ...facts, ...letter })
    .filter(({ level }) => level !== 'ok')
    .map((check) => {
      const language = letter.draft.language!
      return { ...check, language, message: `${nameOf(language)}: ${check.message}` }
    })

const nameOf = (language: string) => new Intl.DisplayNames('en', { type: 'language' }).of(language)
