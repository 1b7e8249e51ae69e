import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { launcher } from '#tests/support/launchers'

const { readEnvironment, childEnvironment, isolatedEnvironment } = await launcher('environment')

test.group('What the environment says', (group) => {
  let project: string

  group.each.setup(() => {
    project = mkdtempSync(join(tmpdir(), 'assent-'))
    return () => rmSync(project, { recursive: true })
  })

  test('a machine that says nothing serves only itself, on port 3333, with its data beside the project', ({
    assert,
  }) => {
    const { dataDir, host, port, address } = readEnvironment({}, project)
    assert.deepEqual(
      { dataDir, host, port, address },
      { dataDir: join(project, 'data'), host: '127.0.0.1', port: 3333, address: 'http://localhost:3333' }
    )
  })

  test('the real environment wins over .env', ({ assert }) => {
    writeFileSync(join(project, '.env'), 'PORT=4000\nDATA_DIR="with spaces"\n')
    const { port, dataDir } = readEnvironment({ PORT: '5000' }, project)
    assert.equal(port, 5000)
    assert.equal(dataDir, join(project, 'with spaces'))
  })

  test('the address is one that a browser can open: {host}')
    .with([
      { host: 'localhost', address: 'http://localhost:3333' },
      { host: '0.0.0.0', address: 'http://localhost:3333' },
      { host: '192.0.2.7', address: 'http://192.0.2.7:3333' },
      { host: '2001:db8::7', address: 'http://[2001:db8::7]:3333' },
    ])
    .run(({ assert }, { host, address }) => {
      assert.equal(readEnvironment({ HOST: host }, project).address, address)
    })

  test('a port that is none is refused by name', ({ assert }) => {
    assert.throws(
      () => readEnvironment({ PORT: '99999' }, project),
      /PORT must be a number from 1 to 65535, not "99999"/
    )
  })

  test('APP_URL follows the port unless it is given', ({ assert }) => {
    const options = { mode: 'production', appKey: 'k', databaseUrl: 'postgres://x' }
    const plain = childEnvironment(readEnvironment({ PORT: '4000' }, project), options)
    const given = childEnvironment(readEnvironment({ APP_URL: 'https://mail.bluedoor.example' }, project), options)
    assert.equal(plain.APP_URL, 'http://localhost:4000')
    assert.equal(given.APP_URL, 'https://mail.bluedoor.example')
  })

  test('compiled code is kept where nobody else writes, unless another place is given', ({ assert }) => {
    const options = { mode: 'production', appKey: 'k', databaseUrl: 'postgres://x' }
    const plain = childEnvironment(readEnvironment({}, project), options)
    const given = childEnvironment(readEnvironment({ NODE_COMPILE_CACHE: '/var/cache/assent' }, project), options)
    assert.equal(plain.NODE_COMPILE_CACHE, join(project, 'data', 'compiled'))
    assert.equal(given.NODE_COMPILE_CACHE, '/var/cache/assent')
  })

  test('a test run inherits no provider and no database of the person who starts it', async ({ assert }) => {
    process.env.SMTP_URL = 'smtp://real.example'
    try {
      const env = await isolatedEnvironment({ mode: 'test', dataDir: project, databaseUrl: 'postgres://throw-away' })
      assert.equal(env.DATABASE_URL, 'postgres://throw-away')
      assert.notProperty(env, 'SMTP_URL')
    } finally {
      delete process.env.SMTP_URL
    }
  })
})
