import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modules } from '../../modules.js'

const APP = fileURLToPath(new URL('../../app/', import.meta.url))

/**
 * The architecture rule as an ESLint rule, derived from modules.js: a module uses those above it, only through their
 * face, and nobody reaches into another's files.
 */
const rule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      below: '{{from}} may not use {{to}}: it stands below (modules.js). Ask up, hand a query, or announce down.',
      deep: "{{from}} reaches into {{to}}'s files. Import its face: #{{to}}.",
      unknown: 'app/{{from}} is not in modules.js. Add it where it belongs in the order.',
    },
  },
  create(context) {
    const from = moduleOf(context.filename)
    if (!from) return {}
    const check = (node) => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      if (!modules.includes(from)) return context.report({ node, messageId: 'unknown', data: { from } })
      const target = targetOf(specifier, context.filename)
      if (!target || target.module === from) return
      if (target.deep) context.report({ node, messageId: 'deep', data: { from, to: target.module } })
      if (modules.indexOf(target.module) > modules.indexOf(from)) {
        context.report({ node, messageId: 'below', data: { from, to: target.module } })
      }
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}

/** The flat-config block that switches the rule on for app/. */
export function moduleBoundaries() {
  return {
    files: ['app/**/*.ts'],
    plugins: { assent: { rules: { 'module-boundaries': rule } } },
    rules: { 'assent/module-boundaries': 'error' },
  }
}

function moduleOf(file) {
  const path = relative(APP, file)
  return path.startsWith('..') || !path.includes('/') ? null : path.split('/')[0]
}

/** The module a specifier leads to: by face (`#consent`), by alias (`#app/consent/…`) or by a relative path. */
function targetOf(specifier, file) {
  if (specifier.startsWith('.')) {
    const module = moduleOf(resolve(dirname(file), specifier))
    return module ? { module, deep: true } : null
  }
  const [name, ...rest] = specifier.replace(/^#(app\/)?/, '').split('/')
  return specifier.startsWith('#') && modules.includes(name) ? { module: name, deep: rest.length > 0 } : null
}
