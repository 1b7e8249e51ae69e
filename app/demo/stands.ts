import type { Person } from './people.ts'
import type { Random } from './random.ts'

export type TopicKey = 'specials' | 'classes' | 'news'

/** One declaration of a person about a topic, as the ledger will hold it. */
export interface Declaration {
  person: number
  topic: TopicKey
  action: 'grant' | 'request' | 'confirm' | 'withdraw'
  status: 'pending' | 'granted' | 'withdrawn'
  basis: string
  statement: string
  source: string
  source_kind: 'form' | 'import' | 'person'
  days_ago: number
}

export const wording: Record<TopicKey, string> = {
  specials: 'Yes, send me the weekly specials of the Blue Door Bakery by e-mail. I can stop at any time.',
  classes: 'Tell me by e-mail when there are new baking classes at the Blue Door. I can stop at any time.',
  news: 'Write to me when something changes at the Blue Door. I can stop at any time.',
}

const reach: Record<TopicKey, number> = { specials: 0.84, classes: 0.41, news: 0.63 }

/** Who said what: most by the form on the site, some on paper at the market stall; some left, a few never confirmed. */
export function declarations(people: Person[], random: Random): Declaration[] {
  return people.flatMap((person, i) =>
    (Object.keys(reach) as TopicKey[]).flatMap((topic) => {
      const fate = fateOf(person, topic, random)
      return fate === 'silent' ? [] : declared(person, i, topic, fate, random)
    })
  )
}

type Fate = 'silent' | 'pending' | 'stays' | 'leaves'

function fateOf({ email }: Person, topic: TopicKey, random: Random): Fate {
  if (email.startsWith('ben.archer@')) return 'leaves'
  if (email.startsWith('dev.mehta@')) return 'pending'
  if (/^(ada\.lovett|cara\.doyle|eve\.stone|finn\.grady)@/.test(email)) return 'stays'
  if (!random.chance(reach[topic])) return 'silent'
  if (random.chance(0.025)) return 'pending'
  return random.chance(0.07) ? 'leaves' : 'stays'
}

function declared(person: Person, index: number, topic: TopicKey, fate: Fate, random: Random): Declaration[] {
  const onPaper = person.tags.includes('market stall')
  const base = { person: index, topic, statement: wording[topic] }
  if (onPaper && fate !== 'pending') {
    const grant: Declaration = {
      ...base,
      action: 'grant',
      status: 'granted',
      basis: 'consent_express',
      source: 'paper list, market stall',
      source_kind: 'import',
      days_ago: person.days_ago,
    }
    return [grant, ...leaving(base, fate, person, random)]
  }
  const form = {
    ...base,
    basis: 'consent_double_opt_in',
    source: 'sign-up form on bluedoor.test',
    source_kind: 'form' as const,
  }
  const request: Declaration = { ...form, action: 'request', status: 'pending', days_ago: person.days_ago }
  if (fate === 'pending') return [request]
  const confirm: Declaration = {
    ...form,
    action: 'confirm',
    status: 'granted',
    days_ago: Math.max(0.2, person.days_ago - random.between(0.001, 0.4)),
  }
  return [request, confirm, ...leaving(base, fate, person, random)]
}

function leaving(
  base: Pick<Declaration, 'person' | 'topic' | 'statement'>,
  fate: Fate,
  person: Person,
  random: Random
): Declaration[] {
  if (fate !== 'leaves') return []
  const left = person.days_ago * random.between(0.02, 0.9)
  return [
    {
      ...base,
      action: 'withdraw',
      status: 'withdrawn',
      basis: 'consent_double_opt_in',
      statement: 'Unsubscribed from this topic.',
      source: 'unsubscribe page',
      source_kind: 'person',
      days_ago: left,
    },
  ]
}
