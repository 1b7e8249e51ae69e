import { WeakPassword } from '../errors.ts'
import { commonPasswords } from './common_passwords.ts'
import { emailKey } from './email_key.ts'

const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 200

/** Length and a list of what is guessed first; no rules about digits and signs, which only make passwords alike. */
export function refuseWeakPassword(password: string, { email }: { email: string }) {
  const refuse = (message: string) => {
    throw new WeakPassword(message, { field: 'password' })
  }
  if ([...password].length < SHORTEST_PASSWORD) refuse(`Use at least ${SHORTEST_PASSWORD} characters.`)
  if (password.length > LONGEST_PASSWORD) refuse(`Use at most ${LONGEST_PASSWORD} characters.`)
  const lower = password.toLowerCase()
  const key = emailKey(email)
  if (lower === key || lower === key.split('@')[0]) refuse('Do not use your e-mail address as the password.')
  if (commonPasswords.has(lower) || new Set(lower).size < 4) {
    refuse('This password is among the first that are guessed. Choose another.')
  }
}
