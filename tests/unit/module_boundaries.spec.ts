import { test } from '@japa/runner'
import { Linter } from 'eslint'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { moduleBoundaries } from '#tests/support/module_boundaries'

const root = fileURLToPath(new URL('../../', import.meta.url))

const linter = new Linter({ cwd: root })
const rule = [{ ...moduleBoundaries(), files: ['**/*.ts'] }] as Linter.Config[]

/** Lints code as if it stood at `path` of app/. */
function findings(path: string, code: string) {
  const messages = linter.verify(code, rule, { filename: `${root}app/${path}`, allowInlineConfig: false })
  return messages.map(({ messageId, message }) => messageId ?? message)
}

test.group('The module rule', () => {
  test('a module uses those above it, through the face', ({ assert }) => {
    assert.deepEqual(findings('campaigns/send_campaign.ts', `import { Topic } from '#consent'`), [])
  })

  test('a module may not use one below', ({ assert }) => {
    assert.deepEqual(findings('consent/record_consent.ts', `import { x } from '#campaigns'`), ['below'])
    assert.deepEqual(findings('consent/record_consent.ts', `const x = await import('#campaigns')`), ['below'])
    assert.deepEqual(findings('consent/record_consent.ts', `export * from '#delivery'`), ['below'])
  })

  test("nobody reaches into another module's files", ({ assert }) => {
    assert.deepEqual(findings('campaigns/send.ts', `import { Topic } from '../consent/models/topic.ts'`), ['deep'])
    assert.deepEqual(findings('campaigns/http/x_controller.ts', `import { Topic } from '../../consent/index.ts'`), [
      'deep',
    ])
    assert.deepEqual(findings('campaigns/send.ts', `import { Topic } from '#app/consent/models/topic'`), ['deep'])
  })

  test('a folder that modules.js does not name is refused', ({ assert }) => {
    assert.deepEqual(findings('newsletters/index.ts', `import { Topic } from '#consent'`), ['unknown'])
  })

  test('whatever a file names is seen', ({ assert }) => {
    const code = [
      `import { a } from '#a'`,
      `import type { B } from '#b'`,
      `import '#c'`,
      `export * from '#d'`,
      `export type { E } from '#e'`,
      'const text = `${1} {` + "import nothing"',
      'async function later() { return [await import("#f"), {} as import("#g").G] }',
    ]
    const named = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `import "#${name}"`)
    assert.equal(importsOf(code.join('\n')), named.join('\n'))
  })

  test('the real code has no violation', ({ assert }) => {
    const files = readdirSync(`${root}app`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts')
    )
    assert.isAbove(files.length, 400)
    const found = files.map((file) => [file, findings(file, importsOf(readFileSync(`${root}app/${file}`, 'utf8')))])
    assert.deepEqual(
      found.filter(([, { length }]) => length > 0),
      []
    )
  })
})

/** Whatever a file names, by whichever kind of import, as plain imports. All of it is parsed by `npm run check`, in many times the time. */
const importsOf = (code: string) =>
  ts
    .preProcessFile(code)
    .importedFiles.map(({ fileName }) => `import ${JSON.stringify(fileName)}`)
    .join('\n')
