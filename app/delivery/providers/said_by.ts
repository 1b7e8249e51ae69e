/** Why a provider did not do it, for people: its own words, if it had any. */
export const saidBy = (provider: string, words: string | undefined | null) =>
  words ? `${provider} says: ${words.slice(0, 200)}` : `${provider} does not answer at the moment.`
