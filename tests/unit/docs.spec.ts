import { test } from '@japa/runner'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { modules } from '../../modules.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = ['README.md', ...readdirSync(`${root}docs`, { recursive: true }).map((file) => `docs/${file}`)].filter(
  (file) => file.endsWith('.md')
)
const text = (page: string) => readFileSync(`${root}${page}`, 'utf8')

/** Paths of this repository that a page names in code marks. The style page's are examples. */
function namedPaths(page: string): string[] {
  return [...text(page).matchAll(/`([\w.-]+\/[\w./*<>:-]*|[\w-]+\.(?:js|ts|json|md))`/g)]
    .map(([, path]) => path)
    .filter((path) => page !== 'docs/style.md' && !/[*<>:]|^\.|NNNN/.test(path))
    .filter(
      (path) =>
        /^(app|bin|bench|config|database|docs|resources|start|tests|commands)\//.test(path) ||
        existsSync(`${root}${path.split('/')[0]}`)
    )
}

test.group('The documents', () => {
  for (const page of pages) {
    test(`${page} names only paths that exist`, ({ assert }) => {
      assert.deepEqual(
        namedPaths(page).filter((path) => !existsSync(`${root}${path}`)),
        []
      )
    })

    test(`${page} quotes only commands that exist`, ({ assert }) => {
      const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
      const named = [...text(page).matchAll(/npm (?:run (?:-s )?)?([a-z:]+)/g)].map(([, name]) => name)
      assert.deepEqual(
        named.filter((name) => !['install', 'ci', 'test', 'start', 'run'].includes(name) && !(name in scripts)),
        []
      )
      const commands = readdirSync(`${root}commands`).map(
        (file) => readFileSync(`${root}commands/${file}`, 'utf8').match(/commandName = '([^']+)'/)?.[1]
      )
      const quoted = [...text(page).matchAll(/npm run (?:-s )?ace -- ([a-z]+(?::[a-z]+)?)/g)].map(([, name]) => name)
      assert.deepEqual(
        quoted.filter((name) => !commands.includes(name) && !['migration:run', 'codegen'].includes(name)),
        []
      )
    })
  }

  test('each decision has a number of its own, which its title tells', ({ assert }) => {
    const decisions = readdirSync(`${root}docs/decisions`).toSorted()
    assert.deepEqual(
      decisions.map((file) => file.slice(0, 4)),
      decisions.map((_, at) => String(at + 1).padStart(4, '0'))
    )
    for (const file of decisions) assert.match(text(`docs/decisions/${file}`), new RegExp(`^# ${file.slice(0, 4)}\\b`))
  })

  test('the architecture page lists the modules in their order', ({ assert }) => {
    const rows = [...text('docs/architecture.md').matchAll(/^\| (\w+) +\| /gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'module')
    assert.deepEqual(rows, modules)
  })
})
