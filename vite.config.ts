import adonisjs from '@adonisjs/vite/client'
import react from '@vitejs/plugin-react'
import compileMessage from 'icu-minify/compile'
import { defineConfig, type Plugin } from 'vite'

const path = (relative: string) => new URL(relative, import.meta.url).pathname

export default defineConfig({
  plugins: [
    words(),
    compiledCatalogues(),
    leanRoutes(),
    react(),
    adonisjs({ entryPoints: ['resources/app/main.tsx'], reload: ['resources/views/**/*.edge'] }),
  ],
  resolve: {
    alias: {
      '~': path('./resources/app'),
      '@generated': path('./.adonisjs/client'),
      '@lang': path('./resources/lang'),
      // the catalogues are compiled: no parser of their syntax in the browser
      'use-intl/format-message': 'use-intl/format-message/format-only',
    },
  },
  cacheDir: 'tmp/vite',
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // so that `import { Page } from '~/ui'` does not bring all of them
      treeshake: {
        moduleSideEffects: [
          {
            test: /resources[\\/]app[\\/]ui[\\/].*\.tsx?$/,
            sideEffects: false,
          },
        ],
      },
      output: {
        codeSplitting: {
          groups: [
            // Changes rarely and is needed by every screen: stays in the browser's cache over our releases.
            {
              name: 'framework',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|use-intl|@formatjs|ky)[\\/]/,
            },
            // What most screens are drawn with, in one piece: a hundred crumbs compress badly.
            { name: 'kit', test: /node_modules[\\/]|resources[\\/]app[\\/](ui|shell)[\\/]/, minShareCount: 34 },
          ],
        },
      },
    },
  },
  server: { watch: { ignored: ['**/data/**', '**/tmp/**', '**/build/**'] } },
})

/** These two are in the first load anyway (app/messages.ts). */
const alwaysThere = ['common', 'shell']

/** A file that says `useTranslations('contacts')` brings lang/en/contacts.json with it, so that no screen loads the words of all. */
function words(): Plugin {
  const prefix = 'virtual:words/'
  return {
    name: 'assent:words',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return
      const name = id.slice(prefix.length + 1)
      return `import { register } from '~/messages'\nimport words from '@lang/en/${name}.json'\nregister('${name}', words)`
    },
    transform(code, id) {
      if (!/resources\/app\/.*\.tsx?$/.test(id)) return
      const names = new Set([...code.matchAll(/useTranslations\('(\w+)/g)].map(([, name]) => name))
      const imports = [...names]
        .filter((name) => !alwaysThere.includes(name))
        .map((name) => `import '${prefix}${name}'`)
      return imports.length > 0 ? { code: `${imports.join('\n')}\n${code}`, map: null } : undefined
    },
  }
}

/** The words in ICU message syntax become what their formatter walks through; a message that is not well-formed fails the build. */
function compiledCatalogues(): Plugin {
  const compiled = (branch: object): object =>
    Object.fromEntries(
      Object.entries(branch).map(([key, value]) => [
        key,
        typeof value === 'string' ? compileMessage(value) : compiled(value),
      ])
    )
  return {
    name: 'assent:compiled-catalogues',
    enforce: 'pre',
    transform: (code, id) =>
      /resources\/lang\/\w+\/\w+\.json$/.test(id)
        ? { code: `export default ${JSON.stringify(compiled(JSON.parse(code)))}`, map: null, moduleType: 'js' }
        : undefined,
  }
}

/**
 * The route table spells every address twice: as a pattern and cut into tokens, which is more than half of its weight in the
 * first load. The browser cuts the patterns itself; what it would cut otherwise stays as it is.
 */
function leanRoutes(): Plugin {
  const cut = (pattern: string) =>
    pattern
      .split('/')
      .filter(Boolean)
      .map((part) =>
        part[0] === ':'
          ? { old: pattern, type: 1, val: part.slice(1), end: '' }
          : { old: pattern, type: 0, val: part, end: '' }
      )
  return {
    name: 'assent:lean-routes',
    enforce: 'pre',
    transform(code, id) {
      if (!/client\/registry\/index\.ts$/.test(id)) return
      const lean = code.replace(/pattern: '([^']+)',\n\s*tokens: (\[.*\]),\n/g, (whole, pattern, tokens) =>
        tokens === JSON.stringify(cut(pattern)) ? `pattern: '${pattern}',\ntokens: cut('${pattern}'),\n` : whole
      )
      return { code: `const cut: any = ${cut}\n${lean}`, map: null }
    },
  }
}
