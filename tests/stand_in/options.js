import { parseArgs } from 'node:util'

/**
 * Everything that can be chosen when the stand-in starts, with what it means and what it is when nobody chooses.
 * Numbers are milliseconds, requests per second or mails; 0 means "no limit" where a limit is meant.
 */
const CHOICES = {
  'port': { default: 0, help: 'port to listen on, 0 picks a free one' },
  'host': { default: '127.0.0.1', help: 'address to listen on' },
  'dir': {
    default: '',
    help: 'folder of mails.jsonl.zst; empty uses a temporary one, removed at the end',
  },
  'bodies': {
    default: 'disk',
    help: '`disk` keeps whole mails, `none` only recipients, subject, tags, headers hash',
  },
  'rps': { default: 10, help: 'requests per second and API key, 0 is unlimited' },
  'daily-quota': { default: 0, help: 'mails a day, 0 is a plan without a daily limit' },
  'monthly-quota': { default: 10_000_000, help: 'mails a month' },
  'quota-resets-in': {
    default: 0,
    help: 'ms until a quota begins anew, as /usage says; 0 is midnight and the next month',
  },
  'simulate': {
    default: false,
    help: 'bounce+…, soft+…, complain+…, delay+…, suppress+…, fail+… at any domain',
  },
  'owner': {
    default: 'owner@assent.test',
    help: 'the only person the sandbox sender may write to',
  },
  'events': {
    default: 'auto',
    help: '`auto` lets mails travel, `manual` leaves every event to /_control/events',
  },
  'event-delay': { default: 20, help: 'ms between two events of one mail' },
  'webhook': { default: '', help: 'an endpoint to register at the start, for every event' },
  'webhook-secret': { default: '', help: 'its signing secret (whsec_…), made up when empty' },
  'retry-scale': {
    default: 1,
    help: 'factor on the webhook retry schedule, 0.001 turns 5 min into 300 ms',
  },
  'shuffle': { default: 0, help: 'hold every webhook back for up to so many ms: order is lost' },
  'duplicate': {
    default: 0,
    help: 'probability (0 to 1) that a webhook is posted twice with the same svix-id',
  },
  'seed': { default: 1, help: 'seed of everything left to chance' },
}

/** @typedef {ReturnType<typeof readOptions>} Options */

/**
 * Options for `startStandIn`: the given ones in camelCase over the defaults.
 * @param {Record<string, unknown>} [given] unknown names are refused, for a misspelt one would be ignored silently
 */
export function readOptions(given = {}) {
  const options = Object.fromEntries(Object.entries(CHOICES).map(([flag, { default: value }]) => [camel(flag), value]))
  for (const name of Object.keys(given)) {
    if (!(name in options)) throw new Error(`The stand-in has no option "${name}"`)
  }
  return /** @type {Record<string, any>} */ ({ ...options, ...given })
}

/**
 * Options from the command line (`--daily-quota 100`), typed like their defaults.
 * @param {string[]} args `process.argv.slice(2)`
 * @returns {Record<string, unknown> & { help?: boolean }}
 */
export function readArguments(args) {
  const flags = Object.entries(CHOICES).map(([flag, { default: value }]) => [
    flag,
    {
      type: /** @type {'string' | 'boolean'} */ (typeof value === 'boolean' ? 'boolean' : 'string'),
    },
  ])
  const { values } = parseArgs({
    args,
    options: { ...Object.fromEntries(flags), help: { type: 'boolean' } },
  })
  return Object.fromEntries(Object.entries(values).map(([flag, text]) => [camel(flag), typed(flag, text)]))
}

/** The page that `--help` prints. */
export function usage() {
  const lines = Object.entries(CHOICES).map(([flag, { default: value, help }]) => {
    return `  --${flag.padEnd(16)} ${help} (${value === '' ? 'none' : value})`
  })
  return ['node tests/stand_in/server.js [flags]', ...lines].join('\n')
}

function typed(flag, text) {
  if (typeof CHOICES[flag]?.default !== 'number') return text
  const number = Number(text)
  if (Number.isNaN(number)) throw new Error(`--${flag} needs a number, not "${text}"`)
  return number
}

const camel = (flag) => flag.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
