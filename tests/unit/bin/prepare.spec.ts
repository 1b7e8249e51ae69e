import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { launcher } from '#tests/support/launchers'

const { generatedKey } = await launcher('prepare')

test.group('The key of the data', (group) => {
  let dataDir: string

  group.each.setup(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'assent-'))
    return () => rmSync(dataDir, { recursive: true })
  })

  test('is made once and kept where only its owner reads', async ({ assert }) => {
    const first = await generatedKey(dataDir)
    assert.isAtLeast(first.length, 32)
    assert.equal(await generatedKey(dataDir), first)
    assert.equal(statSync(join(dataDir, 'secrets.json')).mode & 0o777, 0o600)
  })

  test('is the same for two launchers that start at the same time', async ({ assert }) => {
    const [one, two] = await Promise.all([generatedKey(dataDir), generatedKey(dataDir)])
    assert.equal(one, two)
    assert.equal(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).APP_KEY, one)
  })

  test('is never replaced when data exist that the lost one encrypted', async ({ assert }) => {
    mkdirSync(join(dataDir, 'postgres', 'data'), { recursive: true })
    await assert.rejects(() => generatedKey(dataDir), /secrets.json, which holds the key of these data, is gone/)
  })
})
