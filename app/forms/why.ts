const REASONS = {
  too_often: 'Too many mails',
  not_interesting: 'Not interesting',
  never_asked: 'Never asked for them',
  other: 'Something else',
} as const

export const whys = Object.keys(REASONS)

/** Why somebody leaves, as the ledger keeps it for the team: their choice in English, their words as they are (up to 500 characters). */
export function whyIn(form: URLSearchParams): string | null {
  const chosen = REASONS[form.get('why') as keyof typeof REASONS] as string | undefined
  const words = form
    .get('words')
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 500)
  return [chosen, words].filter(Boolean).join(': ') || null
}
