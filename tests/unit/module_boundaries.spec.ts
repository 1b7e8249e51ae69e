import { test } from '@japa/runner'
import { ESLint } from 'eslint'
import { fileURLToPath } from 'node:url'
import { moduleBoundaries } from '#tests/support/module_boundaries'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Lints a planted file as if it stood at `path`. */
async function findings(path: string, code: string) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [{ ...moduleBoundaries(), files: ['**/*.ts'] }] as any,
  })
  const [{ messages }] = await eslint.lintText(code, { filePath: `${root}app/${path}` })
  return messages.map(({ messageId }) => messageId)
}

test.group('The module rule', () => {
  test('a module uses those above it, through the face', async ({ assert }) => {
    assert.deepEqual(await findings('campaigns/send_campaign.ts', `import { Topic } from '#consent'`), [])
  })

  test('a module may not use one below', async ({ assert }) => {
    assert.deepEqual(await findings('consent/record_consent.ts', `import { x } from '#campaigns'`), ['below'])
    assert.deepEqual(await findings('consent/record_consent.ts', `const x = await import('#campaigns')`), ['below'])
    assert.deepEqual(await findings('consent/record_consent.ts', `export * from '#delivery'`), ['below'])
  })

  test("nobody reaches into another module's files", async ({ assert }) => {
    assert.deepEqual(await findings('campaigns/send.ts', `import { Topic } from '../consent/models/topic.ts'`), [
      'deep',
    ])
    assert.deepEqual(
      await findings('campaigns/http/x_controller.ts', `import { Topic } from '../../consent/index.ts'`),
      ['deep']
    )
    assert.deepEqual(await findings('campaigns/send.ts', `import { Topic } from '#app/consent/models/topic'`), ['deep'])
  })

  test('a folder that modules.js does not name is refused', async ({ assert }) => {
    assert.deepEqual(await findings('newsletters/index.ts', `import { Topic } from '#consent'`), ['unknown'])
  })

  test('the real code has no violation', async ({ assert }) => {
    const { languageOptions } = await new ESLint({ cwd: root }).calculateConfigForFile('app/consent/index.ts')
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [{ ...moduleBoundaries(), files: ['app/**/*.ts'], languageOptions }] as any,
      allowInlineConfig: false,
    })
    const files = await eslint.lintFiles(['app/**/*.ts'])
    assert.isAbove(files.length, 400)
    assert.deepEqual(
      files.flatMap(({ messages }) => messages),
      []
    )
  })
})
