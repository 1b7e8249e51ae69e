import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import module, { createRequire, registerHooks, SourceMap } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Runs the TypeScript sources: `node --import=./bin/sources.js file.ts`. What was compiled is kept below tmp/compiled until its
 * source changes, so that a process of the product starts about as fast from the sources as from the build: tests start many.
 */
const root = new URL('..', import.meta.url).href
const kept = fileURLToPath(new URL('../tmp/compiled', import.meta.url))
const { imports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** As tsconfig.json says it to tsc, which makes the build. */
const SETTINGS = {
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'esnext',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    experimental: { keepImportAttributes: true },
    keepClassNames: true,
  },
}

module.enableCompileCache(join(kept, 'v8'))
Error.prepareStackTrace = stackOf
const packages = knownPackages()
registerHooks({
  resolve(specifier, context, next) {
    const url = sourceOf(specifier, context.parentURL)
    return url ? { url, format: 'module', shortCircuit: true } : inPackages(specifier, context, next)
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || !isOurs(url)) return next(url, context)
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true }
  },
})

/** @param {string | undefined} url */
const isOurs = (url) => url?.startsWith(root) && !/^(build|node_modules)\//.test(url.slice(root.length))

/**
 * Imports name a file as it is called once compiled: `./judge.js`, `#consent`.
 * @param {string} specifier
 * @param {string} [parent]
 */
function sourceOf(specifier, parent) {
  const url = placeOf(specifier, parent)?.replace(/\.js$/, '.ts')
  return url?.endsWith('.ts') && isOurs(url) && existsSync(new URL(url)) ? url : undefined
}

/**
 * @param {string} specifier
 * @param {string} [parent]
 */
function placeOf(specifier, parent) {
  if (specifier.startsWith('file:')) return specifier
  if (!isOurs(parent)) return undefined
  if (specifier.startsWith('.')) return new URL(specifier, parent).href
  if (!specifier.startsWith('#')) return undefined
  const [folder, ...rest] = specifier.split('/')
  const path = imports[specifier] ?? imports[`${folder}/*`]?.replace('*', rest.join('/'))
  return path && new URL(path, root).href
}

/**
 * Where the packages' modules are. To find out is a third of a start, and it stays so until something is installed.
 * @returns {{ stamp: string, places: Record<string, { url: string, format?: string | null }>, areMore: boolean } | null}
 */
function knownPackages() {
  const installed = new URL('../node_modules/.package-lock.json', import.meta.url)
  if (!existsSync(installed)) return null
  const { mtimeMs, size } = statSync(installed)
  const stamp = `${process.version} ${mtimeMs} ${size}`
  const file = join(kept, 'packages.json')
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  const known = { stamp, places: before?.stamp === stamp ? before.places : {}, areMore: false }
  process.once('exit', () => {
    if (!known.areMore) return
    mkdirSync(kept, { recursive: true })
    keep(file, JSON.stringify({ stamp, places: known.places }))
  })
  return known
}

/** @type {import('node:module').ResolveHookSync} */
function inPackages(specifier, context, next) {
  const key = `${specifier} ${context.parentURL} ${context.conditions.join()}`
  const known = packages?.places[key]
  if (known) return { ...known, shortCircuit: true }
  const found = next(specifier, context)
  if (packages && /^node:|\/node_modules\//.test(found.url)) {
    packages.places[key] = { url: found.url, format: found.format }
    packages.areMore = true
  }
  return found
}

/** @param {string} file */
function compiled(file) {
  const source = readFileSync(file, 'utf8')
  const stamp = `\n// ${createHash('sha1').update(JSON.stringify(SETTINGS)).update(source).digest('hex')}`
  const place = placeOfCompiled(file)
  const before = existsSync(place) ? readFileSync(place, 'utf8') : ''
  if (before.endsWith(stamp)) return before
  const { code, map } = createRequire(import.meta.url)('@swc/core').transformSync(source, {
    ...SETTINGS,
    filename: file,
  })
  mkdirSync(dirname(place), { recursive: true })
  keep(`${place}.map`, map)
  keep(place, code + stamp)
  return code + stamp
}

/** @param {string} file */
const placeOfCompiled = (file) => join(kept, `${file.slice(fileURLToPath(root).length)}.js`)

/**
 * Other processes read it meanwhile.
 * @param {string} place
 * @param {string} content
 */
function keep(place, content) {
  writeFileSync(`${place}.${process.pid}`, content)
  renameSync(`${place}.${process.pid}`, place)
}

/**
 * The stack in places of the sources. Node would read all maps at the start; here only those are read that a stack needs.
 * @param {Error} error
 * @param {NodeJS.CallSite[]} frames
 */
function stackOf(error, frames) {
  const lines = frames.map((frame) => `\n    at ${String(frame).replace(/(file:\S+\.ts):(\d+):(\d+)/, inSource)}`)
  return Error.prototype.toString.call(error) + lines.join('')
}

/** @type {Map<string, SourceMap | null>} */
const maps = new Map()

/**
 * @param {string} whole
 * @param {string} url
 * @param {string} line
 * @param {string} column
 */
function inSource(whole, url, line, column) {
  if (!maps.has(url)) {
    const place = isOurs(url) && `${placeOfCompiled(fileURLToPath(url))}.map`
    maps.set(url, place && existsSync(place) ? new SourceMap(JSON.parse(readFileSync(place, 'utf8'))) : null)
  }
  const origin = maps.get(url)?.findOrigin(Number(line), Number(column))
  return origin && 'lineNumber' in origin ? `${url}:${origin.lineNumber}:${origin.columnNumber}` : whole
}
