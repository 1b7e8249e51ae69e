import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { launcher } from '#tests/support/launchers'

const { isMigrated, stampOf } = await launcher('build')

test.group('The stamp of the sources', (group) => {
  let project: string
  const stamp = () => stampOf(project, ['app', 'ace.js', 'not_there'])

  group.each.setup(() => {
    project = mkdtempSync(join(tmpdir(), 'assent-'))
    mkdirSync(join(project, 'app'))
    writeFileSync(join(project, 'app', 'one.ts'), 'one')
    writeFileSync(join(project, 'ace.js'), 'ace')
    return () => rmSync(project, { recursive: true })
  })

  test('stays when only the times of the files change, as after a fresh clone', ({ assert }) => {
    const before = stamp()
    utimesSync(join(project, 'ace.js'), 1, 1)
    assert.equal(stamp(), before)
  })

  test('changes with the content, the name and the number of files', ({ assert }) => {
    const stamps = [stamp()]
    writeFileSync(join(project, 'app', 'one.ts'), 'two')
    stamps.push(stamp())
    writeFileSync(join(project, 'app', 'new.ts'), '')
    stamps.push(stamp())
    rmSync(join(project, 'app', 'new.ts'))
    writeFileSync(join(project, 'app', 'other.ts'), '')
    stamps.push(stamp())
    assert.lengthOf(new Set(stamps), 4)
  })

  test('knows nothing of files outside the given paths', ({ assert }) => {
    const before = stamp()
    writeFileSync(join(project, 'README.md'), 'x')
    assert.equal(stamp(), before)
  })
})

test.group('A migrated database', () => {
  test('has seen every migration of the build, else the migration runs', async ({ assert, cleanup }) => {
    const project = mkdtempSync(join(tmpdir(), 'assent-'))
    cleanup(() => rmSync(project, { recursive: true }))
    const migrations = join(project, 'build', 'database', 'migrations')
    mkdirSync(migrations, { recursive: true })
    writeFileSync(join(migrations, '0001_platform.js'), '')
    writeFileSync(join(migrations, '0001_platform.js.map'), '')
    const url = process.env.DATABASE_URL!
    assert.isTrue(await isMigrated(project, url))
    writeFileSync(join(migrations, '9999_next.js'), '')
    assert.isFalse(await isMigrated(project, url))
  })

  test('is not one without a table of migrations', async ({ assert, cleanup }) => {
    const project = mkdtempSync(join(tmpdir(), 'assent-'))
    cleanup(() => rmSync(project, { recursive: true }))
    mkdirSync(join(project, 'build', 'database', 'migrations'), { recursive: true })
    const elsewhere = new URL(process.env.DATABASE_URL!)
    elsewhere.searchParams.set('options', '-c search_path=nowhere')
    assert.isFalse(await isMigrated(project, elsewhere.href))
  })
})
