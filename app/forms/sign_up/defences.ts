import { setTimeout as pause } from 'node:timers/promises'
import limiter from '@adonisjs/limiter/services/main'
import { InvalidSignUp } from '../errors.ts'
import type { ShownForm } from './form_of_slug.ts'
import { wordsOf } from './words.ts'

/** A field that no person sees: who fills it in gets everybody's thanks, and nothing happens (`trap`, the one certain signal). */
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

const STEP_MS = 100

/**
 * Waits until a full tenth of a second has passed since `began` (performance.now()), so that the time of an answer does not tell
 * whether somebody was written to, waits for a person or was forgotten.
 */
export async function evenOut(began: number): Promise<void> {
  const taken = performance.now() - began
  await pause(Math.ceil(taken / STEP_MS) * STEP_MS - taken)
}
