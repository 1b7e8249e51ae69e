import { test } from '@japa/runner'
import Papa from 'papaparse'
import { CsvScanner, type CsvRecord } from '#app/contacts/imports/scan_csv'
import { randomFrom } from '#tests/support/random'

function scan(
  text: string,
  { delimiter = ',', max, step = 7 }: { delimiter?: string; max?: number; step?: number } = {}
): CsvRecord[] {
  const scanner = new CsvScanner(delimiter, max)
  const records: CsvRecord[] = []
  for (let i = 0; i < text.length; i += step) records.push(...scanner.push(text.slice(i, i + step)))
  return [...records, ...scanner.end()]
}
const cells = (text: string, options = {}) => scan(text, options).map((record) => record.cells)

test.group('CSV', () => {
  test('means the same as papaparse, wherever the pieces are cut', ({ assert }) => {
    const random = randomFrom(42)
    const words = [
      'a',
      'Ada',
      'x@y.test',
      '',
      'Wien, AT',
      'two\nlines',
      'two\r\nlines',
      'say "hi"',
      ' padded ',
      'ü€😀',
      ';',
      '\t',
      '5" pipe',
    ]
    for (let i = 0; i < 600; i++) {
      const delimiter = random.pick([',', ';', '\t', '|'])
      const newline = random.pick(['\n', '\r\n'] as const)
      const rows = Array.from({ length: 1 + random.below(6) }, () =>
        Array.from({ length: 1 + random.below(4) }, () => random.pick(words))
      )
      const text =
        Papa.unparse(rows, { delimiter, newline, quotes: random.chance(0.3) }) + (random.chance(0.5) ? newline : '')
      const theirs = Papa.parse<string[]>(text, { delimiter, newline, skipEmptyLines: 'greedy', header: false }).data
      const step = 1 + random.below(12)
      assert.deepEqual(cells(text, { delimiter, step }), theirs, JSON.stringify({ text, delimiter, step }))
    }
  })

  test('tells the line on which each record begins', ({ assert }) => {
    const lines = scan('a,b\n\n"two\nlines",x\r\nc,d\re,f').map(({ line }) => line)
    assert.deepEqual(lines, [1, 3, 5, 6])
  })

  test('takes a quote inside a cell for a quote, and blanks around quoted cells for nothing', ({ assert }) => {
    assert.deepEqual(cells('5" pipe,x\n "Ada, B" , y\n"a"b",c'), [
      ['5" pipe', 'x'],
      ['Ada, B', ' y'],
      ['a"b', 'c'],
    ])
  })

  test('loses one line, not the file, to a quote that never closes', ({ assert }) => {
    const records = scan('a,"b\nc,d\ne,f')
    assert.include(records[0].problem!, 'never closed')
    assert.deepEqual(
      records.slice(1).map((record) => [record.line, ...record.cells]),
      [
        [2, 'c', 'd'],
        [3, 'e', 'f'],
      ]
    )
  })

  test("reads a file full of quotes that never close, or of another system's line ends, in time that grows with its size", ({
    assert,
  }) => {
    const began = process.threadCpuUsage()
    const torn = '"Ada\n'.repeat(60_000)
    assert.lengthOf(cells(`name\n${torn}`, { step: 50_000 }), 60_001)
    assert.lengthOf(cells(`name\r${'Ada\r'.repeat(300_000)}`, { step: 50_000 }), 300_001)
    assert.lengthOf(cells(`name\n${'5" pipe\n'.repeat(100_000)}`, { step: 50_000 }), 100_001)
    assert.deepEqual(cells(`${torn}Eve,x\n`, { step: 50_000 }).at(-1), ['Eve', 'x'])
    const { user, system } = process.threadCpuUsage(began)
    assert.isBelow((user + system) / 1e6, 8)
  })

  test('skips a record that is too long without keeping it, quoted line breaks and all', ({ assert }) => {
    for (const step of [1, 3, 50, 1000]) {
      for (const giant of [`"${'x\n""y,'.repeat(100)}",z`, `${'x'.repeat(500)},z`]) {
        const records = scan(`a,b\n${giant}\r\nc,d\n`, { max: 100, step })
        assert.deepEqual(
          records.map(({ problem }) => problem !== undefined),
          [false, true, false],
          `${step}`
        )
        assert.deepEqual(records[2].cells, ['c', 'd'])
        assert.isBelow(records[1].cells[0].length, 201)
        assert.equal(records[2].line, giant.split('\n').length + 2)
      }
    }
  })

  test('reads a hundred megabyte of one cell in a few', ({ assert }) => {
    const scanner = new CsvScanner(',')
    const piece = 'x'.repeat(1_000_000)
    const before = process.memoryUsage().heapUsed
    const records = [...scanner.push('a,b\nc,"')]
    for (let i = 0; i < 100; i++) records.push(...scanner.push(piece))
    records.push(...scanner.push('"\nd,e\n'), ...scanner.end())
    assert.deepEqual(
      records.map(({ cells: [first], problem }) => [first, problem !== undefined].slice(problem ? 1 : 0)),
      [['a', false], [true], ['d', false]]
    )
    assert.isBelow(process.memoryUsage().heapUsed - before, 60_000_000)
  })
})
