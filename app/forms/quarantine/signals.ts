/**
 * What makes a sign-up doubtful: the one table. Points are added up; from DOUBTFUL on a person of the team decides, below it
 * goes on as ever. No sum is certain: only CERTAIN, which no person can do, is forgotten without a look.
 * Each has its sentence in resources/lang/en/quarantine.json.
 */
export const signals = {
  /** A field was filled in that no person sees. */
  trap: 100,

  /** Five or more within an hour from one network address (of IPv6: one /64). Private addresses say nothing: a proxy's. */
  network_busy: 30,
  /** Twenty or more. */
  network_flood: 60,
  /** Thirty or more within an hour from one block (IPv4: /24, IPv6: /48). */
  block_busy: 30,
  /** Twenty or more by this form within ten minutes, and ten times as many as usual. */
  form_burst: 25,

  /** The domain is on the list of those to throw away. */
  disposable: 40,
  /** An office's mailbox, or nobody's (RFC 2142). */
  role: 15,
  /** The same, where the form says that these are looked at by a person. */
  disposable_by_policy: 50,
  role_by_policy: 50,
  /** Nobody could tell within three seconds whether the domain receives mail. */
  mail_unknown: 20,

  /** A name that switches from small to capital letters three times or more, as random ones do ("xKqLzPdRkw"). */
  random_name: 30,
  /** A name in none of the scripts of the form's language. Weak: people are called what they are called. */
  other_script: 15,
  /** A web address in an answer that is no web address's field. (In a name it is refused at once.) */
  web_address: 30,

  /** The request names no agent. */
  agent_missing: 30,
  /** The agent is a program's, or a browser's without a person. */
  agent_machine: 25,
  /** It says that it is a browser, and names no language, which every browser does. */
  agent_bare: 20,

  /** Neither a page of ours nor the origin of another one: a program posted. */
  no_page: 10,
  /** Sent two or three seconds after the page was opened. (Sooner is asked for once more.) */
  quick: 20,
  /** Sent by a page that was opened more than a day ago. */
  old_page: 20,
  /** No proof of work: no JavaScript, too old a browser, or a machine. */
  proof_missing: 15,
  /** A proof that is wrong, or was used before. */
  proof_wrong: 30,
} as const

export type Signal = keyof typeof signals
export const signalNames = Object.keys(signals) as Signal[]

export const DOUBTFUL = 50
export const CERTAIN = 100

export interface Doubts {
  /** 0–100; a sum that is not certain ends at 99. */
  score: number
  /** With the points that each had when it was judged. */
  signals: Partial<Record<Signal, number>>
  verdict: 'clean' | 'doubtful' | 'certain'
}

export function weigh(found: Iterable<Signal>): Doubts {
  const points = Object.fromEntries([...new Set(found)].map((name) => [name, signals[name]]))
  const each = Object.values(points)
  const isCertain = each.some((value) => value >= CERTAIN)
  const sum = each.reduce((all, value) => all + value, 0)
  return {
    score: isCertain ? CERTAIN : Math.min(sum, CERTAIN - 1),
    signals: points,
    verdict: isCertain ? 'certain' : sum >= DOUBTFUL ? 'doubtful' : 'clean',
  }
}
