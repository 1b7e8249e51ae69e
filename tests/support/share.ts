import { globSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Suite {
  files: string | string[]
}

/**
 * Of a suite that several lanes divide among them (bin/test.js), the files of one: `TEST_SHARE` is `1/2` for the first of two. The
 * longest file goes to the one, the next to the other, and so on: about as much for each.
 */
export function shareOf<S extends Suite>(suite: S, share = process.env.TEST_SHARE) {
  if (!share) return suite
  const [no, lanes] = share.split('/').map(Number)
  const files = globSync(suite.files).map((path) => ({ path, size: statSync(path).size }))
  const longestFirst = files.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))
  const ours = longestFirst.filter((_, at) => at % lanes === no - 1).map(({ path }) => path)
  return { ...suite, files: () => ours.sort().map((path) => pathToFileURL(resolve(path))) }
}
