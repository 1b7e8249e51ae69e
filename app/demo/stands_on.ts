import type { Stand } from './past_sends.ts'
import { isInReach, type Person } from './people.ts'
import type { Declaration, TopicKey } from './stands.ts'

/** Where everyone in reach of the shop, to whom the campaigns go, stood with one topic over time. */
export function standsOn(
  topic: TopicKey,
  { people, contactIds, said }: { people: Person[]; contactIds: number[]; said: Declaration[] }
): Stand[] {
  const stands = people.map(({ email, days_ago: cameDaysAgo }, i): Stand => ({
    contactId: contactIds[i],
    email,
    cameDaysAgo,
    grantedDaysAgo: null,
    withdrawnDaysAgo: null,
    pending: false,
  }))
  for (const { person, topic: about, status, days_ago } of said) {
    if (about !== topic) continue
    if (status === 'granted') stands[person].grantedDaysAgo = days_ago
    if (status === 'withdrawn') stands[person].withdrawnDaysAgo = days_ago
    if (status === 'pending') stands[person].pending = true
  }
  return stands.filter((_, i) => isInReach(people[i]))
}
