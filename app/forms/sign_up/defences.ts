import limiter from '@adonisjs/limiter/services/main'
import { InvalidSignUp } from '../errors.ts'
import type { ShownForm } from './form_of_slug.ts'
import { wordsOf } from './words.ts'

/** A field that no person sees: who fills it in gets everybody's thanks, and nothing happens. */
export const isTrapped = ({ website }: Record<string, unknown>) => typeof website === 'string' && website !== ''

const QUICKEST_SECONDS = 2

/** Only a page of ours has a stamp. A person who was really that quick presses the button once more. */
export function refuseTooFast(stamp: { seconds: number } | null, { definition }: ShownForm) {
  if (!stamp || stamp.seconds >= QUICKEST_SECONDS) return
  throw new InvalidSignUp([{ field: 'stamp', message: wordsOf(definition.language).t('error_too_fast') }])
}

const PACE = { requests: 600, duration: '10 min' }

/** More than a form can have of visitors is somebody's machine, from wherever it posts: 429. */
export const keepPace = ({ workspace, id }: ShownForm) =>
  limiter.use('database', PACE).consume(`sign-up-form:${workspace.id}:${id}`)
