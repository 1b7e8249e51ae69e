import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { examine } from '#platform'
import { startCommand } from '#tests/support/processes'

test.group('The doctor', () => {
  test('looks at each part and names a fix for what is not well', async ({ assert }) => {
    await db.from('heartbeats').where('kind', 'worker').delete()
    const findings = await examine()
    const of = (what: string) => findings.find((finding) => finding.what === what)!
    assert.equal(of('database').level, 'ok')
    assert.equal(of('migrations').level, 'ok')
    assert.equal(of('clock').level, 'ok')
    assert.equal(of('worker').level, 'bad')
    for (const { level, fix, what } of findings) if (level !== 'ok') assert.isString(fix, what)
  })

  test('ends with 1 when something is bad, and speaks JSON', async ({ assert }) => {
    await db.from('heartbeats').where('kind', 'worker').delete()
    const doctor = startCommand(['doctor', '--json'])
    assert.equal(await doctor.ended, 1)
    const { findings } = JSON.parse(doctor.answer())
    assert.includeDeepMembers(
      findings.map(({ what, level }: any) => ({ what, level })),
      [{ what: 'worker', level: 'bad' }]
    )
  })

  test('says in a line when the database does not answer', async ({ assert }) => {
    const doctor = startCommand(['doctor'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
    assert.equal(await doctor.ended, 1)
    assert.match(doctor.output(), /✘ database\s+could not be looked at/)
  })
})
