import { test } from '@japa/runner'
import { resumeImports } from '#contacts'
import { jobQueue } from '#platform'
import { ask, suggestedMapping, upload } from '#tests/support/imports'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

test.group('Imports that a backup caught', () => {
  test('go on by a new job, by one only, and end as if nothing had happened', async ({ assert }) => {
    const { workspace, token } = await bakery()
    const { body } = await upload(token, 'email\nada@people.test\nben@people.test\n')
    await ask(token, 'POST', `/imports/${body.id}/start`, { mapping: suggestedMapping(body.columns) })
    const queue = await jobQueue()
    const waiting = () => queue.findJobs<any>('imports.run', { data: { workspaceId: workspace.id }, queued: true })
    for (const { id } of await waiting()) await queue.deleteJob('imports.run', id)

    await resumeImports({ workspaceId: workspace.id })
    await resumeImports({ workspaceId: workspace.id })
    assert.lengthOf(await waiting(), 1)
    await letTheWorkerWork(workspace)
    const ended = await ask(token, 'GET', `/imports/${body.id}`)
    assert.containsSubset(ended.body, { status: 'done', counts: { new: 2 } })

    await resumeImports({ workspaceId: workspace.id })
    assert.lengthOf(await waiting(), 0, 'what has ended is left alone')
  })
})
