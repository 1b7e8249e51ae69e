import type { Random } from './random.ts'

const firstNames =
  'Amelia Noah Olivia Leo Isla Arthur Freya George Ivy Theo Maya Oscar Ruby Felix Zara Hugo Elena Omar Priya Tomas Lucía Jonas Aisha Mateo Nora Kofi Greta Ravi Clara Emil Yara Dylan Sofia Ewan Mina Callum Ines Bram Hana Luca'.split(
    ' '
  )
const lastNames =
  'Ashton Baker Carter Davies Evans Fraser Green Hughes Irving Jones Khan Lewis Morgan Novak Okafor Patel Quinn Reid Silva Taylor Underhill Vargas Walker Xu Young Zimmer Brandt Costa Dubois Eriksen Fischer Garcia Haddad Ito'.split(
    ' '
  )
const mailDomains = [
  'mailbox.test',
  'mailbox.test',
  'mailbox.test',
  'postfach.test',
  'letterbox.test',
  'hello-mail.test',
  'harbour-office.test',
] as const
const cities = ['Bristol', 'Bristol', 'Bristol', 'Bath', 'Bath', 'Cardiff', 'Gloucester', 'Wells'] as const
const favourites = ['Sourdough', 'Croissant', 'Rye', 'Cinnamon bun', 'Focaccia'] as const

/** Whom the campaigns go to: the segment "Everyone in reach of the shop". */
export const citiesInReach = ['Bristol', 'Bath', 'Wells']
export const isInReach = ({ attributes }: Pick<Person, 'attributes'>) => citiesInReach.includes(attributes.city)

export interface Person {
  email: string
  first_name: string
  last_name: string
  attributes: { city: string; favourite: string; visits: number; birthday: string }
  tags: string[]
  /** Days before today on which they came in. */
  days_ago: number
}

/** The cast comes first, so that a search for them finds them: Ada said yes, Ben left, Cara leaves halfway, Dev never confirmed, Eve bounces, Finn complains. */
const cast: [string, string][] = [
  ['Ada', 'Lovett'],
  ['Ben', 'Archer'],
  ['Cara', 'Doyle'],
  ['Dev', 'Mehta'],
  ['Eve', 'Stone'],
  ['Finn', 'Grady'],
]

/** 5,000 people of a bakery by a harbour, more of them of late. Their addresses end in .test and lead nowhere (RFC 6761 §6.2). */
export function bakeryPeople(count: number, random: Random): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const [first, last] = cast[i] ?? [random.pick(firstNames), random.pick(lastNames)]
    const address = `${plain(first)}.${plain(last)}${i < cast.length ? '' : i}`
    return {
      email: `${address}@${i < cast.length ? 'mailbox.test' : random.pick(mailDomains)}`,
      first_name: first,
      last_name: last,
      attributes: {
        city: random.pick(cities),
        favourite: random.pick(favourites),
        visits: Math.floor(random.wait(7)),
        birthday: `${Math.floor(random.between(1950, 2006))}-${two(random.between(1, 13))}-${two(random.between(1, 29))}`,
      },
      tags: [
        ...(random.chance(0.22) ? ['regular'] : []),
        ...(random.chance(0.12) ? ['market stall'] : []),
        ...(random.chance(0.04) ? ['wholesale'] : []),
      ],
      days_ago: i < cast.length ? 400 : 420 * random.next() ** 1.35 + 1,
    }
  })
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()
const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
