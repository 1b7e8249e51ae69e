/** What became, or would become, of the rows of a file. The first five add up to its rows. */
export interface ImportCounts {
  new: number
  changed: number
  /** Also everybody who is there already, when they are to be left as they are. */
  unchanged: number
  /** Rows about somebody whom an earlier row of the file names. */
  duplicates_in_file: number
  invalid: number
  /** Of these: who says no, which counts although the row is refused. */
  invalid_said_no: number
  /** Of the people in the file: whose address is suppressed. They stay unmailable. */
  suppressed: number
  /** Of the people in the file: who left one of the topics (any topic, without a consent block). They stay out of it. */
  already_withdrawn: number
  /** Ledger entries written: people times topics that they did not yet agree to. */
  agreed: number
  /** Ledger entries written: people times topics to which the file says no. */
  withdrawn: number
  /** What the file says of its people, for each topic of the consent block. */
  by_topic: TopicTally[]
}

/** The three add up to the people in the file: new, changed and unchanged. */
export interface TopicTally {
  topic_id: string
  agreed: number
  said_no: number
  unknown: number
}

/** They belong to what is written, so that a preview has none. */
export type Written = 'agreed' | 'withdrawn'

export const noCounts = (): ImportCounts => ({
  new: 0,
  changed: 0,
  unchanged: 0,
  duplicates_in_file: 0,
  invalid: 0,
  invalid_said_no: 0,
  suppressed: 0,
  already_withdrawn: 0,
  agreed: 0,
  withdrawn: 0,
  by_topic: [],
})

export function addCounts(a: Partial<ImportCounts>, b: Partial<ImportCounts>): ImportCounts {
  const sum = noCounts()
  const numbers = Object.keys(sum).filter((key) => key !== 'by_topic') as Exclude<keyof ImportCounts, 'by_topic'>[]
  for (const key of numbers) sum[key] = (a[key] ?? 0) + (b[key] ?? 0)
  sum.by_topic = addTallies(a.by_topic ?? [], b.by_topic ?? [])
  return sum
}

function addTallies(a: TopicTally[], b: TopicTally[]): TopicTally[] {
  if (a.length === 0 || b.length === 0) return [...a, ...b]
  return a.map((one, i) => ({
    topic_id: one.topic_id,
    agreed: one.agreed + b[i].agreed,
    said_no: one.said_no + b[i].said_no,
    unknown: one.unknown + b[i].unknown,
  }))
}
