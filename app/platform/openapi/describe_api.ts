import router from '@adonisjs/core/services/router'
import type { RouteJSON } from '@adonisjs/core/types/http'
import { commonParameters, commonResponses, commonSchemas, securitySchemes } from './common_parts.ts'

/** Prefixes of what programs may call. The web app's pages and the doors in mails are no part of the API. */
const DESCRIBED = /^\/(api\/(?!\*)|health\/|metrics$)/

let described: Promise<object> | null = null

/**
 * The API as an OpenAPI 3.1 document, made of what there is: the routes with their permissions, the validators that
 * their controllers use, and the types that they answer with (both indexed by codegen). Nobody writes it, so a new
 * route appears by itself.
 */
export function describeApi(): Promise<object> {
  described ??= makeDocument()
  return described
}

/** The routes that the document describes. */
export const describedRoutes = () => (router.toJSON().root ?? []).filter(({ pattern }) => DESCRIBED.test(pattern))

async function makeDocument() {
  const index = await generatedIndex()
  const paths: Record<string, Record<string, object>> = {}
  for (const route of describedRoutes()) {
    const path = route.pattern.replace(/:(\w+)\??/g, '{$1}')
    paths[path] ??= {}
    for (const method of route.methods.filter((name) => name !== 'HEAD')) {
      paths[path][method.toLowerCase()] = operation(route, method, index)
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assent API',
      version: '1',
      description:
        'How it works (tokens, errors, pages, Idempotency-Key): docs/api.md. `x-permission` names what the role and the token must grant.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...commonSchemas, ...index.schemas },
      securitySchemes,
      responses: commonResponses,
      parameters: commonParameters,
    },
  }
}

interface Index {
  inputs: Record<string, any>
  responses: Record<string, { status?: number; schema?: any }>
  schemas: Record<string, any>
}

/** Loaded late: what codegen writes may be missing while codegen itself runs. */
async function generatedIndex(): Promise<Index> {
  const [{ responses, schemas }, { validators }] = await Promise.all([
    import('#generated/responses'),
    import('#generated/validators'),
  ])
  const inputs = await Promise.all(
    Object.entries(validators).map(async ([name, load]) => [name, (await load()).toJSONSchema()])
  )
  return { inputs: Object.fromEntries(inputs), responses, schemas }
}

function operation(route: RouteJSON, method: string, { inputs, responses }: Index) {
  const name = route.name ?? route.pattern
  const layers = middlewareOf(route)
  const permission = layers.find((layer) => layer.name === 'may')?.args as string | undefined
  const input = inputs[name]
  const answer = responses[name] ?? {}
  const isList = answer.schema?.properties?.next_cursor !== undefined
  const takesBody = input && method !== 'GET'
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: summaryOf(name),
    ...(permission ? { 'x-permission': permission } : {}),
    security: securityOf(layers.map((layer) => layer.name)),
    parameters: [
      ...pathParameters(route.pattern),
      ...(input && !takesBody ? queryParameters(input) : []),
      ...(isList ? listParameters(input) : []),
      ...(method === 'POST' && layers.some((layer) => layer.name === 'once')
        ? [ref('parameters', 'IdempotencyKey')]
        : []),
      ...(permission ? [ref('parameters', 'Workspace')] : []),
    ],
    ...(takesBody ? { requestBody: { required: true, content: { 'application/json': { schema: input } } } } : {}),
    responses: { ...success(answer), ...failures({ permission, hasInput: Boolean(input), pattern: route.pattern }) },
  }
}

function middlewareOf(route: RouteJSON): { name?: string; args?: unknown }[] {
  return [...route.middleware.all()].map((layer) => (typeof layer === 'object' ? (layer as any) : {}))
}

function success({ status = 200, schema = {} }: Index['responses'][string]) {
  if (status === 204) return { 204: { description: 'Done.' } }
  return { [status]: { description: 'Done.', content: { 'application/json': { schema } } } }
}

function failures({ permission, hasInput, pattern }: { permission?: string; hasInput: boolean; pattern: string }) {
  return {
    ...(permission ? { 401: ref('responses', 'NotSignedIn'), 403: ref('responses', 'NotAllowed') } : {}),
    ...(pattern.includes(':') ? { 404: ref('responses', 'NotFound') } : {}),
    ...(hasInput ? { 422: ref('responses', 'Invalid') } : {}),
    default: ref('responses', 'Problem'),
  }
}

const pathParameters = (pattern: string) =>
  [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const queryParameters = (schema: any) =>
  Object.entries<any>(schema.properties ?? {}).map(([name, of]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: of,
  }))

/** Every list takes these; a validator that names them itself is not doubled. */
const listParameters = (input: any) =>
  ['Limit', 'Cursor', 'Count']
    .filter((name) => !(input?.properties && name.toLowerCase() in input.properties))
    .map((name) => ref('parameters', name))

const securityOf = (layers: (string | undefined)[]) => {
  if (layers.includes('workspace')) return [{ token: [] }, { session: [] }]
  return layers.includes('person') ? [{ session: [] }] : []
}

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

const VERBS: Record<string, string> = {
  index: 'List',
  show: 'Show one of',
  store: 'Make one of',
  update: 'Change one of',
  destroy: 'Delete one of',
}

function summaryOf(name: string) {
  const [resource, ...rest] = name.split('.')
  const verb = rest.join(' ')
  const what = resource.replaceAll('_', ' ')
  return VERBS[verb] ? `${VERBS[verb]} ${what}` : `${what}: ${verb.replaceAll('_', ' ')}`
}
