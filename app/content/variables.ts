import { Output, Tag, Value, type Template } from 'liquidjs'
import { engineFor, type Manner } from './liquid.ts'

export interface Variable {
  /** `contact.first_name` */
  key: string
  line: number
  /** Nothing stands in when the person's value is empty: no `default`, and no condition asks for it. */
  bare: boolean
}

/** LiquidJS appends its own escaping to every output, under this name. */
export const OUTPUT_ESCAPE = '[object Function]'
/** Whose work is bounded by the length of what they get. */
const CHEAP_FILTERS = new Set(
  'default escape escape_once raw upcase downcase capitalize strip lstrip rstrip append prepend date url_encode size first last plus minus times round floor ceil truncate'.split(
    ' '
  )
)

/** What a template asks for from outside, each once, with the line of its first use. */
export function variablesOf(template: Template[], manner: Manner): Variable[] {
  const { globals } = engineFor('html', manner).analyzeSync(template, { partials: false })
  const guarded = new Set<string>()
  const bare = new Set<string>()
  walk(template, (node) => {
    if (node instanceof Output && !hasDefault(node)) keysIn(node, manner).forEach((key) => bare.add(key))
    if (node instanceof Tag && ['if', 'unless', 'case'].includes(node.name)) {
      keysIn(node, manner).forEach((key) => guarded.add(key))
    }
  })
  const found = new Map<string, Variable>()
  for (const variable of Object.values(globals).flat()) {
    const key = variable.toString()
    if (!found.has(key)) found.set(key, { key, line: variable.location.row, bare: bare.has(key) && !guarded.has(key) })
  }
  return [...found.values()]
}

/** The first words of all that a template asks for, its branches included: `contact`, `workspace`, `link_1`. */
export const rootsOf = (template: Template[], manner: Manner): string[] =>
  Object.keys(engineFor('html', manner).analyzeSync(template, { partials: false }).globals)

/** Loops and filters whose work grows with their data are watched by a clock; plain merge tags need none. */
export function needsClock(template: Template[]): boolean {
  let needed = false
  walk(template, (node) => {
    if (node instanceof Tag && ['for', 'assign', 'capture'].includes(node.name)) needed = true
    if (node instanceof Output && isCostly(node.value)) needed = true
    if (node instanceof Tag)
      for (const argument of (node as Template).arguments?.() ?? []) if (isCostly(argument)) needed = true
  })
  return needed
}

const isCostly = (value: object) =>
  value instanceof Value && value.filters.some(({ name }) => name !== OUTPUT_ESCAPE && !CHEAP_FILTERS.has(name))

const hasDefault = (output: Output) => output.value.filters.some(({ name }) => name === 'default')

/** The paths that one output or one condition names, without what stands between its tags. */
function keysIn(node: Template, manner: Manner): string[] {
  const alone = { token: node.token, render() {}, arguments: () => node.arguments?.() ?? [] } as Template
  const { globals } = engineFor('html', manner).analyzeSync([alone], { partials: false })
  return Object.values(globals)
    .flat()
    .map((variable) => variable.toString())
}

function walk(templates: Template[], visit: (node: Template) => void) {
  for (const node of templates) {
    visit(node)
    if (!node.children) continue
    const children = node.children(false, true)
    walk((children.next().value ?? []) as Template[], visit)
  }
}
