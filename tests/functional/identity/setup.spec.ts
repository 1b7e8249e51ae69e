import { test } from '@japa/runner'
import { anotherDatabase } from '#tests/support/another_database'
import { Browser } from '#tests/support/browser'
import { startCommand, startWeb } from '#tests/support/processes'

test.group('A fresh installation', () => {
  test('takes its first owner; of two at once, one wins; then commands add workspaces', async ({ assert }) => {
    const { env } = await anotherDatabase('setup') // only there is nobody yet
    const web = await startWeb(env)
    const browsers = await Promise.all([1, 2].map(() => Browser.open(web.url)))
    assert.isTrue((await browsers[0].get('/api/v1/session')).body.setup_needed)
    const answers = await Promise.all(
      browsers.map((browser, i) =>
        browser.post('/api/v1/setup', {
          workspace_name: 'Blue Door Bakery',
          full_name: 'Ada',
          email: `ada${i}@bluedoor.test`,
          password: 'correct horse battery',
        })
      )
    )
    assert.sameMembers(
      answers.map(({ status }) => status),
      [201, 403]
    )
    const winner = answers.findIndex(({ status }) => status === 201)
    assert.equal(answers[winner].body.workspaces[0].role, 'owner')
    assert.equal((await browsers[winner].get('/api/v1/me')).status, 200)
    assert.isFalse((await browsers[1 - winner].get('/api/v1/session')).body.setup_needed)

    const run = async (password: string) => {
      const args = ['--name', 'Second', '--email', `ada${winner}@bluedoor.test`, '--password', password, '--json']
      const command = startCommand(['workspace:create', ...args], env)
      return { code: await command.ended, output: command.output() }
    }
    const made = await run('correct horse battery')
    assert.equal(made.code, 0, made.output)
    const answer = JSON.parse(made.output)
    assert.sameMembers(Object.keys(answer), ['workspace_id', 'user_id', 'token'])
    assert.isString(answer.workspace_id)
    const asked = await fetch(`${web.url}/api/v1/workspace`, { headers: { authorization: `Bearer ${answer.token}` } })
    assert.equal(((await asked.json()) as any).name, 'Second')
    const refused = await run('not the password')
    assert.equal(refused.code, 1)
    assert.include(refused.output, 'not its password')
  })
})
