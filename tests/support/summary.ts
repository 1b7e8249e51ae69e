import { writeFileSync } from 'node:fs'
import type { PluginFn } from '@japa/runner/types'

/** Leaves the counts for `npm test` (bin/test.js), which prints them on a line of their own that other programs can read. */
export function summary(file = process.env.TEST_SUMMARY): PluginFn {
  return ({ runner, emitter }) => {
    if (!file) return
    emitter.on('runner:end', () => writeFileSync(file, JSON.stringify(runner.getSummary().aggregates)))
  }
}
