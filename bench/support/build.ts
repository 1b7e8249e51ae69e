import { launcher } from '../../tests/support/launchers.ts'

/** What runs in production: memory and speed of the sources, compiled on the fly, would say something else. */
export async function ensureBuild() {
  const [{ root }, { build, isBuildFresh }] = await Promise.all([launcher('environment'), launcher('build')])
  if (isBuildFresh(root)) return
  console.log('Building, once.')
  await build(root, { env: { ...process.env, NODE_ENV: 'production' }, dataDir: process.env.DATA_DIR! })
}
