import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { tamper } from '#tests/support/owner'
import { bakery } from '#tests/support/workspace'

test.group('ace consent:verify', (group) => {
  group.each.setup(() => {
    ace.ui.switchMode('raw')
    return () => ace.ui.switchMode('normal')
  })

  test('says that every chain holds, or where one breaks', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada] = await plantPeople(workspace, ['ada@example.com'])
    await record(workspace, topic, [ada])
    const verify = async () => {
      const command = await ace.exec('consent:verify', [`--workspace=${workspace.id}`])
      return {
        code: command.exitCode,
        said: command.logger
          .getLogs()
          .map(({ message }) => message)
          .join('\n'),
      }
    }
    const sound = await verify()
    assert.equal(sound.code, 0)
    assert.include(sound.said, '1 entries, every chain holds')

    await tamper('consent_entries', async (trx) => {
      await trx
        .from('consent_entries')
        .where({ workspace_id: workspace.id })
        .update({ statement: 'Yes to everything.' })
    })
    ace.ui.switchMode('raw')
    const broken = await verify()
    assert.equal(broken.code, 1)
    assert.include(broken.said, `contact ${ada}: an entry was altered`)
  })
})
