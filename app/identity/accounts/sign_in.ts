import { errors as authErrors } from '@adonisjs/auth'
import limiter from '@adonisjs/limiter/services/main'
import { keyedHash } from '#platform'
import { WrongCredentials } from '../errors.ts'
import { User } from '../models/user.ts'
import { emailKey } from './email_key.ts'

/** Guesses at one account from one address; at many accounts from one address; at one account from anywhere. */
const guesses = {
  pair: { requests: 10, duration: '15 mins' },
  ip: { requests: 200, duration: '15 mins' },
  account: { requests: 100, duration: '1 hour' },
}

/**
 * The account of this address and password. An unknown address and a wrong password get the same answer after the same
 * work. Each try is counted before the password is looked at, so that twenty at once are twenty; success forgives.
 */
export async function checkPassword({ email, password, ip }: { email: string; password: string; ip: string }) {
  const account = keyedHash('sign-in', emailKey(email)).toString('hex')
  const counters = [
    { counter: limiter.use('database', guesses.pair), key: `sign-in:pair:${account}:${ip}` },
    { counter: limiter.use('database', guesses.ip), key: `sign-in:ip:${ip}` },
    { counter: limiter.use('database', guesses.account), key: `sign-in:account:${account}` },
  ]
  for (const { counter, key } of counters) await counter.consume(key)
  const user = await verify(emailKey(email), password)
  await counters[0].counter.delete(counters[0].key)
  for (const { counter, key } of counters.slice(1)) await counter.decrement(key)
  return user
}

async function verify(key: string, password: string) {
  try {
    return await User.verifyCredentials(key, password)
  } catch (error) {
    if (!(error instanceof authErrors.E_INVALID_CREDENTIALS)) throw error
    throw new WrongCredentials('The address or the password is not right.')
  }
}
