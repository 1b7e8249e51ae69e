import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import db from '@adonisjs/lucid/services/db'
import { keyedHash, readToken, signToken } from '#platform'
import type { ShownForm } from '../sign_up/form_of_slug.ts'
import type { Signal } from './signals.ts'

const PURPOSE = 'proof'
/** The number lies below this, so at most so many are tried: the slowest telephone ends, too. */
const NUMBERS = 256
/** Of HMAC-SHA-256 for each number (PBKDF2, RFC 8018 §5.2): some 130,000 for a puzzle on average. */
const ITERATIONS = 1_000
const LIVES_SECONDS = 2 * 3_600

const derive = promisify(pbkdf2)
type OfForm = Pick<ShownForm, 'workspace' | 'id'>

/** A puzzle that a browser solves (public/prove.js). Nothing of it is stored before it is solved. */
export async function newChallenge({ workspace, id }: OfForm) {
  const issued = Math.floor(Date.now() / 1_000)
  const challenge = signToken(PURPOSE, [workspace.id, id, issued, randomBytes(6).readUIntBE(0, 6)])
  const target = await derive(String(numberOf(challenge)), challenge, ITERATIONS, 8, 'sha256')
  return {
    challenge,
    target: target.toString('hex'),
    iterations: ITERATIONS,
    numbers: NUMBERS,
    expires_at: new Date((issued + LIVES_SECONDS) * 1_000).toISOString(),
  }
}

/** The number is known without a search to whoever has the key: checking costs a hash. */
const numberOf = (challenge: string) => keyedHash('proof-number', challenge).readUInt32BE(0) % NUMBERS

/**
 * What a proof (`challenge.number`) says against whoever sent it. It counts once, right or wrong: guessing another number
 * needs another challenge.
 */
export async function signsOfProof(proof: unknown, { workspace, id }: OfForm): Promise<Signal[]> {
  if (typeof proof !== 'string' || proof === '') return ['proof_missing']
  const [challenge, number] = proof.split('.', 2)
  const read = readToken(PURPOSE, challenge)
  if (read?.length !== 4 || read[0] !== workspace.id || read[1] !== id) return ['proof_wrong']
  const [, , issued, nonce] = read
  if (issued + LIVES_SECONDS < Date.now() / 1_000) return ['proof_missing']
  const { rowCount } = await db.rawQuery(
    `insert into spent_proofs (workspace_id, form_id, nonce) values (?, ?, ?) on conflict do nothing`,
    [workspace.id, id, nonce]
  )
  return rowCount === 1 && number === String(numberOf(challenge)) ? [] : ['proof_wrong']
}

/** A challenge that is too old needs no row to be refused. */
export async function cleanProofs(): Promise<void> {
  await db.rawQuery(`delete from spent_proofs where spent_at < now() - make_interval(secs => ?)`, [LIVES_SECONDS])
}
