import { root } from '../../bin/environment.js'
import { build, isBuildFresh } from '../../bin/build.js'

/** What runs in production: memory and speed of the sources, compiled on the fly, would say something else. */
export async function ensureBuild() {
  if (isBuildFresh(root)) return
  console.log('Building, once.')
  await build(root, { env: { ...process.env, NODE_ENV: 'production' }, dataDir: process.env.DATA_DIR! })
}
