import { setTimeout as sleep } from 'node:timers/promises'
import { chanceOf } from './chance.js'
import { quotaExceeded } from './quota.js'
import { tooManyRequests } from './rate_limit.js'
import { Refusal } from './refusal.js'

/**
 * @typedef {object} Rule what goes wrong, and for whom
 * @property {{ path?: string, method?: string }} [match] a path ending in `*` matches by its beginning
 * @property {number} [times] how often it strikes at most
 * @property {number} [probability] 0 to 1, drawn from the rule's own seed
 * @property {number} [seed]
 * @property {keyof typeof EFFECTS} effect
 * @property {number} [status] for `status`, `html` and `null_body`
 * @property {string} [name] for `status`
 * @property {string} [message] for `status`
 * @property {number} [ms] for `latency`
 * @property {boolean} [accept] whether the request is carried out before its answer is spoilt
 */

/** Things that happen to a request; `accepts` says whether the request is carried out when the rule does not say. */
const EFFECTS = {
  latency: { accepts: true, spoil: (rule, answer) => answer },
  /** Until there are other rules: longer than any machine needs for what a test does meanwhile. */
  hold: { accepts: true, spoil: (rule, answer) => answer },
  drop_before: { accepts: false, spoil: () => ({ isDropped: true }) },
  drop_after_accept: { accepts: true, spoil: () => ({ isDropped: true }) },
  hang: { accepts: false, spoil: () => ({ isHanging: true }) },
  truncate: {
    accepts: true,
    spoil: (rule, answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) }),
  },
  null_body: { accepts: true, spoil: (rule) => ({ status: rule.status ?? 200, body: 'null' }) },
  status: { accepts: false, spoil: (rule) => namedError(rule).answer },
  html: { accepts: false, spoil: (rule) => htmlPage(rule.status ?? 502) },
  rate_limit: { accepts: false, spoil: (rule, answer, { limit }) => tooManyRequests(limit).answer },
  daily_quota: { accepts: false, spoil: () => quotaExceeded('daily').answer },
  monthly_quota: { accepts: false, spoil: () => quotaExceeded('monthly').answer },
}

/** The rules in force. The first that matches a request and wants to strike does, alone. */
export class Chaos {
  #rules = []
  #change = Promise.withResolvers()

  /**
   * Replaces all rules.
   * @param {Rule[]} rules
   * @throws {Error} for an effect that does not exist
   */
  set(rules) {
    for (const { effect } of rules) if (!EFFECTS[effect]) throw new Error(`There is no effect "${effect}"`)
    this.#letGo()
    this.#rules = rules.map((rule) => ({
      rule,
      left: rule.times ?? Infinity,
      chance: chanceOf(rule.seed ?? 1),
    }))
  }

  /** The rules, with how often each still strikes (null: without end). */
  get rules() {
    return this.#rules.map(({ rule, left }) => ({
      ...rule,
      left: Number.isFinite(left) ? left : null,
    }))
  }

  /**
   * The rule that strikes this request, if any.
   * @returns {Rule | undefined}
   */
  strike({ method, path }) {
    for (const entry of this.#rules) {
      const { match = {}, probability = 1 } = entry.rule
      if (match.method && match.method !== method) continue
      if (match.path && !matches(match.path, path)) continue
      if (entry.left < 1 || entry.chance() >= probability) continue
      entry.left--
      return entry.rule
    }
  }

  reset() {
    this.#rules = []
    this.#letGo()
  }

  /** Resolves when these rules are no longer in force. */
  get changed() {
    return this.#change.promise
  }

  #letGo() {
    this.#change.resolve()
    this.#change = Promise.withResolvers()
  }
}

/**
 * Carries out a request under a rule.
 * @param {Rule | undefined} rule
 * @param {{ limit: number, changed: Promise<void> }} facts
 * @param {(pause: () => Promise<void>) => Promise<object>} carryOut `pause` waits for the rule's latency
 */
export async function underChaos(rule, facts, carryOut) {
  const pause = async () => {
    if (rule?.effect === 'latency') await sleep(rule.ms ?? 0, undefined, { ref: false })
    if (rule?.effect === 'hold') await facts.changed
  }
  if (!rule) return carryOut(pause)
  const { accepts, spoil } = EFFECTS[rule.effect]
  const answer = (rule.accept ?? accepts) ? await carryOut(pause) : null
  return spoil(rule, answer, facts)
}

function matches(pattern, path) {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}

function namedError({ status = 500, name = 'internal_server_error', message = 'An unexpected error occurred.' }) {
  return new Refusal(status, name, message)
}

function htmlPage(status) {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>edge</body></html>`
  return { status, body, headers: { 'content-type': 'text/html' } }
}
