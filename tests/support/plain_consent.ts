/**
 * Consent once more, in plain words and without a database: what everybody said in order, and where they stand by it. The
 * property test compares the product with it. It shares no code with app/consent on purpose.
 */
export type Action = 'grant' | 'request' | 'confirm' | 'withdraw'
export type Status = 'none' | 'pending' | 'granted' | 'withdrawn' | 'expired'

export interface Said {
  topic: number
  action: Action
  basis: string
  /** Epoch milliseconds. */
  since: number
  expires: number | null
}
export interface Stands {
  status: 'pending' | 'granted' | 'withdrawn'
  basis: string
  since: number
  expires: number | null
}
export interface Person {
  id: number
  address: string | null
  isGone: boolean
  isErased: boolean
  isRestricted: boolean
  mergedInto: number | null
  said: Said[]
  stands: Map<number, Stands>
  /** Topics that they were put to rest from, and when. */
  rests: Map<number, number>
}

const MAILABLE = [
  'consent_double_opt_in', 'consent_express', 'soft_opt_in_customer', 'soft_opt_in_charity_uk', 'casl_implied_ebr',
  'casl_implied_inquiry',
] // prettier-ignore
const WEIGHT = ['manual', 'hard_bounce', 'complaint', 'erased']
const statusAfter = { grant: 'granted', confirm: 'granted', request: 'pending', withdraw: 'withdrawn' } as const

const hasEnded = ({ expires }: { expires: number | null }, now: number) => expires !== null && expires <= now

export class PlainConsent {
  readonly people = new Map<number, Person>()
  private readonly suppressed = new Map<string, string>()
  private readonly former = new Map<string, Set<number>>()

  arrive(id: number, address: string | null): Person {
    const person: Person = {
      id, address, isGone: false, isErased: false, isRestricted: false, mergedInto: null, said: [], stands: new Map(),
      rests: new Map(),
    } // prettier-ignore
    this.people.set(id, person)
    return person
  }

  present = () => [...this.people.values()].filter(({ isGone }) => !isGone)
  withAddress = (address: string) => this.present().find((person) => person.address === address)

  say(person: Person, said: Said, isByList = false) {
    person.said.push(said)
    const agrees = (said.action === 'grant' || said.action === 'confirm') && !isByList
    if (agrees && said.since >= (person.rests.get(said.topic) ?? Infinity)) person.rests.delete(said.topic)
    const before = person.stands.get(said.topic)
    const { topic, action, ...rest } = said
    if (before && !counts(action, said, before)) return
    person.stands.set(topic, { status: statusAfter[action], ...rest })
  }

  /** An import: for who agrees already, ever left, or must not be written to, it changes nothing. */
  import(person: Person, said: Said, now: number) {
    const stands = person.stands.get(said.topic)
    const agrees = stands?.status === 'granted' && !hasEnded(stands, now)
    if (agrees && (stands.basis !== 'unknown' || said.basis === 'unknown')) return
    if (person.address !== null && this.suppressed.has(person.address)) return
    if (this.everLeft([person, ...this.formerOf(person.address)], said.topic)) return
    this.say(person, said, true)
  }

  rest(person: Person, topic: number, now: number) {
    if (!person.rests.has(topic)) person.rests.set(topic, now)
  }

  suppress(address: string, reason: string) {
    const before = this.suppressed.get(address)
    if (before && WEIGHT.indexOf(before) >= WEIGHT.indexOf(reason)) return
    this.suppressed.set(address, reason)
  }

  restrict(person: Person) {
    person.isRestricted = true
  }

  lift(person: Person) {
    for (const one of [person, ...this.formerOf(person.address)]) one.isRestricted = false
  }

  /** Theirs, or that of somebody who had their address. */
  restricted = (person: Person) => [person, ...this.formerOf(person.address)].some((one) => one.isRestricted)

  delete(person: Person) {
    person.isGone = true
    this.remember(person)
  }

  merge(gone: Person, into: Person, topics: number[], now: number) {
    this.delete(gone)
    gone.mergedInto = into.id
    if (gone.isRestricted) into.isRestricted = true
    const adopts = into.address === null && gone.address !== null
    if (adopts) into.address = gone.address
    if (adopts) for (const [topic, since] of gone.rests) into.rests.set(topic, since)
    for (const topic of topics) {
      const [mine, theirs] = [into.stands.get(topic), gone.stands.get(topic)]
      if (mine?.status === 'withdrawn') continue
      const theyAgree = theirs?.status === 'granted' && theirs.basis !== 'unknown' && !hasEnded(theirs, now)
      if (theirs?.status === 'withdrawn' || (adopts && mine && !theyAgree)) {
        this.leave(into, topic, mine?.basis ?? theirs!.basis, now)
      }
    }
    for (const topic of topics) {
      const mine = into.stands.get(topic)
      if (!mine || mine.status === 'withdrawn') continue
      const leftLater = this.formerOf(into.address).some(({ said }) =>
        said.some((one) => one.topic === topic && one.action === 'withdraw' && one.since > mine.since)
      )
      if (leftLater) this.leave(into, topic, mine.basis, now)
    }
  }

  erase(person: Person, now: number) {
    for (const record of this.recordsOf(person).sort((a, b) => a.id - b.id)) {
      if (record.address !== null) this.suppress(record.address, 'erased')
      this.remember(record)
      for (const [topic, { status, basis }] of [...record.stands].sort(([a], [b]) => a - b)) {
        if (status !== 'withdrawn') this.leave(record, topic, basis, now)
      }
      const left = { address: null, isGone: true, isErased: true, isRestricted: false, rests: new Map() }
      Object.assign(record, left)
    }
  }

  statusOf(person: Person, topic: number, now: number): Status {
    const stands = person.stands.get(topic)
    if (!stands) return 'none'
    return stands.status === 'granted' && hasEnded(stands, now) ? 'expired' : stands.status
  }

  /** The first reason against writing to them; null: we may. */
  reasonOf(person: Person, topic: number, now: number): string | null {
    if (this.restricted(person)) return 'restricted'
    if (person.address === null) return 'no_address'
    const suppressed = this.suppressed.get(person.address)
    if (suppressed) return `suppressed_${suppressed}`
    const status = this.statusOf(person, topic, now)
    if (status !== 'granted') return status
    const { basis } = person.stands.get(topic)!
    if (basis === 'unknown') return 'basis_unknown'
    if (!MAILABLE.includes(basis)) return 'basis_not_mailable'
    return person.rests.has(topic) ? 'resting' : null
  }

  private leave(person: Person, topic: number, basis: string, now: number) {
    this.say(person, { topic, action: 'withdraw', basis, since: now, expires: null })
  }

  private remember(person: Person) {
    const { id, address } = person
    if (address === null) return
    if (this.restricted(person)) person.isRestricted = true
    const contacts = this.former.get(address) ?? new Set()
    this.former.set(address, contacts.add(id))
  }

  private formerOf = (address: string | null) =>
    address === null ? [] : [...(this.former.get(address) ?? [])].map((id) => this.people.get(id)!)

  private everLeft = (people: Person[], topic: number) =>
    people.some(({ said }) => said.some((one) => one.topic === topic && one.action === 'withdraw'))

  /** This one, whom it swallowed, and who was deleted with its address. */
  private recordsOf(person: Person): Person[] {
    const found = new Set([person])
    for (const one of found) {
      for (const other of this.people.values()) {
        const sameAddress = other.isGone && other.address !== null && other.address === one.address
        if (other.mergedInto === one.id || sameAddress) found.add(other)
      }
    }
    return [...found]
  }
}

function counts(action: Action, said: Said, before: Stands): boolean {
  const isOlderThanNo = before.status === 'withdrawn' && said.since < before.since
  if (action === 'withdraw') return true
  if (action === 'confirm') return before.status !== 'withdrawn'
  if (action === 'grant') return !isOlderThanNo
  return !isOlderThanNo && !(before.status === 'granted' && !hasEnded(before, said.since))
}
