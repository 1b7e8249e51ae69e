import { test } from '@japa/runner'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What the embedded PostgreSQL knows and 16, which DATABASE_URL may be, does not. */
const newer: [string, RegExp][] = [
  ['uuidv7(), uuidv4() (18)', /\buuidv[47]\s*\(/i],
  ['RETURNING old and new rows (18)', /\breturning\b[^`]*\b(old|new)\.\w/i],
  ['virtual generated columns (18)', /\bgenerated always as \([^`]*?\)\s*virtual\b/i],
  ['temporal keys (18)', /\bwithout overlaps\b/i],
  ['MERGE … RETURNING (17)', /\bmerge into\b[^`]*\breturning\b/i],
  ['JSON_TABLE (17)', /\bjson_table\s*\(/i],
  ['COPY … ON_ERROR (17)', /\bon_error\b/i],
  ['random(min, max) (17)', /\brandom\s*\(\s*\d+\s*,/i],
]

test('SQL keeps to what PostgreSQL 16 knows', ({ assert }) => {
  const sources = ['app', 'commands', 'database', 'bin'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|js)$/.test(file))
      .map((file) => `${folder}/${file}`)
  )
  assert.isAbove(sources.length, 100)
  const found = sources.flatMap((file) => {
    const strings = readFileSync(`${root}${file}`, 'utf8').match(/`[^`]*`|'[^'\n]*'/g) ?? []
    return newer.filter(([, syntax]) => strings.some((text) => syntax.test(text))).map(([name]) => `${file}: ${name}`)
  })
  assert.deepEqual(found, [])
})
