/** Runs ace commands from the TypeScript sources. `npm run ace -- <command>` picks this or the build (bin/ace.js). */
import '@poppinss/ts-exec'
await import('./bin/console.ts')
