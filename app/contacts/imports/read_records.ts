import { textDecoder } from './decode_text.ts'
import { CsvScanner, type CsvRecord } from './scan_csv.ts'

/** The records of a stored file in lots, as its pieces are read. The header comes first; Excel's "sep=;" line never. */
export async function* readRecords(
  pieces: AsyncIterable<Buffer>,
  { encoding, delimiter }: { encoding: string; delimiter: string }
): AsyncGenerator<CsvRecord[]> {
  const decoder = textDecoder(encoding)
  const scanner = new CsvScanner(delimiter)
  let isFirst = true
  const lot = (records: CsvRecord[]) => {
    if (!isFirst || records.length === 0) return records
    isFirst = false
    return withoutSeparatorLine(records)
  }
  for await (const piece of pieces) yield lot(scanner.push(decoder.write(piece)))
  yield lot([...scanner.push(decoder.end()), ...scanner.end()])
}

/** A whole text's records, as far as they are complete. */
export function completeRecords(text: string, delimiter: string, isWhole: boolean): CsvRecord[] {
  const scanner = new CsvScanner(delimiter)
  return withoutSeparatorLine([...scanner.push(text), ...(isWhole ? scanner.end() : [])])
}

const withoutSeparatorLine = (records: CsvRecord[]) =>
  records.length > 0 && isSeparatorLine(records[0]) ? records.slice(1) : records

const isSeparatorLine = ({ cells }: CsvRecord) =>
  /^sep=.?$/i.test(cells.join('').trim()) || (cells[0] === 'sep=' && cells.length === 2)
