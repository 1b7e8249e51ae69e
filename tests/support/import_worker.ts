/** A process that runs one import, for the test that kills it: `node … tests/support/import_worker.ts WORKSPACE IMPORT`. */
import { boot } from '../../bench/support/boot.js'

const [workspaceId, importId] = process.argv.slice(2).map(Number)
const app = await boot()
const { runImport } = await import('#contacts')
await runImport({ workspaceId, importId })
await app.terminate()
