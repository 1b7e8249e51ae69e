import { writeFileSync } from 'node:fs'
import type { PluginFn, RunnerSummary } from '@japa/runner/types'

/** What failed, for the end of a long log: its place in the suites, and what it says without its stack. */
export interface Failure {
  where: string
  message: string
  /** Else what a group or suite does before or after its tests: the runner counts none of these. */
  isTest: boolean
}

/** Leaves the counts and failures for `npm test` (bin/test.js), which prints them last, whatever the reporter prints. */
export function summary(file = process.env.TEST_SUMMARY): PluginFn {
  return ({ runner, emitter }) => {
    if (!file) return
    emitter.on('runner:end', () => {
      const { aggregates, failureTree } = runner.getSummary()
      const failures = failuresOf(failureTree)
      const outside = failures.filter(({ isTest }) => !isTest).length
      writeFileSync(file, JSON.stringify({ ...aggregates, failed: aggregates.failed + outside, failures }))
    })
  }
}

type Node = RunnerSummary['failureTree'][number] | RunnerSummary['failureTree'][number]['children'][number]

export function failuresOf(nodes: Node[], outside: string[] = []): Failure[] {
  return nodes.flatMap((node) => {
    const place = [...outside, node.type === 'test' ? node.title : node.name]
    const own = node.errors.map(({ error }) => ({
      where: place.join(' / '),
      message: error.message,
      isTest: node.type === 'test',
    }))
    return [...own, ...('children' in node ? failuresOf(node.children, place) : [])]
  })
}
