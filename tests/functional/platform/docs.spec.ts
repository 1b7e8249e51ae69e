import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { describedRoutes } from '#platform'

const read = (path: string) => readFile(app.makePath(path), 'utf8')

test.group('The documents', () => {
  test('name the environment as it is read', async ({ assert }) => {
    const rows = [...(await read('docs/operations.md')).matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => name)
    const known = [...(await read('start/env.ts')).matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name)
    assert.sameMembers(rows, known)
  })

  test('name routes that exist', async ({ assert }) => {
    const there = describedRoutes().flatMap(({ pattern, methods }) => methods.map((method) => `${method} ${pattern}`))
    for (const file of ['docs/api.md', 'docs/operations.md']) {
      const named = (await read(file)).matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/(?:api|health|metrics)[^`?]*)`/g)
      for (const [, method, path] of named) assert.include(there, `${method} ${path}`, file)
    }
  })

  test('name commands and files that exist', async ({ assert }) => {
    for (const file of ['docs/api.md', 'docs/operations.md']) {
      const text = await read(file)
      for (const [, command] of text.matchAll(/npm run (?:-s )?ace -- ([\w:]+)/g)) {
        const path = `commands/${command.replace(':', '_')}.ts`
        assert.isTrue(command === 'codegen' || existsSync(app.makePath(path)), `${file}: ${command}`)
      }
      for (const [, path] of text.matchAll(/`((?:start|app|\.adonisjs)\/[\w./]+\.ts)`/g)) {
        assert.isTrue(existsSync(app.makePath(path)), `${file}: ${path}`)
      }
    }
  })

  test('name limits as they are', async ({ assert }) => {
    const text = await read('docs/api.md')
    const limits = await read('app/platform/http/limit_middleware.ts')
    const signIn = await read('app/identity/accounts/sign_in.ts')
    assert.include(text, '12,000 requests a minute')
    assert.match(limits, /program: \{ store: 'database', requests: 12_000, duration: '1 min' \}/)
    assert.include(text, '600 requests a minute')
    assert.match(limits, /strangers: \{ store: 'database', requests: 600, duration: '1 min' \}/)
    assert.include(
      text,
      '10 tries for one account from one network address in 15 minutes; 200 from one address; 100 for one account in an hour'
    )
    assert.match(signIn, /pair: \{ requests: 10, duration: '15 mins' \}/)
    assert.match(signIn, /ip: \{ requests: 200, duration: '15 mins' \}/)
    assert.match(signIn, /account: \{ requests: 100, duration: '1 hour' \}/)
  })
})
