import { useState } from 'react'

type Errors = Record<string, string>

/**
 * What is wrong with the answers. `found` at the press of "Next", each goes as soon as its field is answered; a new one waits
 * for the next press. What the server `refused` was about the answers it got, so it goes with the first change.
 */
export function useMistakes(check: () => Errors) {
  const [found, setFound] = useState<Errors>({})
  const [refused, setRefused] = useState<Errors>({})
  const stillWrong = Object.entries(check()).filter(([field]) => field in found)
  return {
    errors: { ...refused, ...Object.fromEntries(stillWrong) } as Errors,
    /** Says whether there is one. */
    find: () => {
      const wrong = check()
      setFound(wrong)
      return Object.keys(wrong).length > 0
    },
    refuse: setRefused,
    answered: () => setRefused((before) => (Object.keys(before).length > 0 ? {} : before)),
    forget: () => {
      setFound({})
      setRefused({})
    },
  }
}
