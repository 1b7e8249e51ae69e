/** Runs ace commands from the TypeScript sources. `npm run ace -- <command>` picks this or the build (bin/ace.js). */
import './bin/sources.js'
await import('./bin/console.ts')
