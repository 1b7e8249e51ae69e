/** What became, or would become, of the rows of a file. The first five add up to its rows. */
export interface ImportCounts {
  new: number
  changed: number
  /** Also everybody who is there already, when they are to be left as they are. */
  unchanged: number
  /** Rows about somebody whom an earlier row of the file names. */
  duplicates_in_file: number
  invalid: number
  /** Of the people in the file: whose address is suppressed. They stay unmailable. */
  suppressed: number
  /** Of the people in the file: who left one of the topics (any topic, without a consent block). They stay out of it. */
  already_withdrawn: number
  /** Ledger entries written: people times topics that they did not yet agree to. */
  agreed: number
}

export const noCounts = (): ImportCounts => ({
  new: 0,
  changed: 0,
  unchanged: 0,
  duplicates_in_file: 0,
  invalid: 0,
  suppressed: 0,
  already_withdrawn: 0,
  agreed: 0,
})

export function addCounts(a: Partial<ImportCounts>, b: Partial<ImportCounts>): ImportCounts {
  const sum = noCounts()
  for (const key of Object.keys(sum) as (keyof ImportCounts)[]) sum[key] = (a[key] ?? 0) + (b[key] ?? 0)
  return sum
}
