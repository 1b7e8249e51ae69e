import { test } from '@japa/runner'
import { responses } from '#generated/responses'
import { describedRoutes } from '#platform'

test.group('The description of the API', () => {
  test('describes every route, and nothing else', async ({ client, assert }) => {
    const { paths } = (await client.get('/api/openapi.json')).body()
    const described = Object.entries<any>(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`)
    )
    const there = describedRoutes().flatMap(({ pattern, methods }) =>
      methods
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${pattern.replace(/:(\w+)\??/g, '{$1}')}`)
    )
    assert.sameMembers(described, there)
    assert.includeMembers(described, ['POST /api/v1/topics', 'GET /api/v1/members', 'GET /health/ready'])
    assert.notInclude(described.join(' '), '*')
  })

  test('says of each operation what it takes, what it answers, and which permission it needs', async ({
    client,
    assert,
  }) => {
    const { paths } = (await client.get('/api/openapi.json')).body()
    const make = paths['/api/v1/topics'].post
    assert.equal(make['x-permission'], 'topics:write')
    assert.equal(make.operationId, 'topics.store')
    const body = make.requestBody.content['application/json'].schema
    assert.deepEqual(body.required, ['name'])
    assert.equal(body.properties.name.maxLength, 120)
    assert.equal(make.responses[201].content['application/json'].schema.properties.double_opt_in.type, 'boolean')
    assert.includeDeepMembers(make.parameters, [{ $ref: '#/components/parameters/IdempotencyKey' }])
    const list = paths['/api/v1/topics'].get
    assert.includeDeepMembers(list.parameters, [{ $ref: '#/components/parameters/Cursor' }])
    assert.deepInclude(paths['/api/v1/topics/{id}'].patch.parameters[0], { name: 'id', in: 'path', required: true })
    assert.deepEqual(paths['/api/v1/me'].get.security, [{ session: [] }])
    assert.deepEqual(paths['/api/v1/session'].get.security, [])
  })

  test('every route of a workspace names its permission', async ({ client, assert }) => {
    const { paths } = (await client.get('/api/openapi.json')).body()
    for (const [path, operations] of Object.entries<any>(paths)) {
      for (const [method, { security, ...operation }] of Object.entries<any>(operations)) {
        if (security.some((way: object) => 'token' in way))
          assert.isString(operation['x-permission'], `${method} ${path}`)
      }
    }
  })

  test('knows the answers of every route: codegen is fresh', ({ assert }) => {
    const names = describedRoutes()
      .filter(({ pattern }) => pattern.startsWith('/api/v1'))
      .map(({ name }) => name)
    assert.includeMembers(Object.keys(responses), names)
  })

  test('every reference leads somewhere', async ({ client, assert }) => {
    const document = (await client.get('/api/openapi.json')).body()
    for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce((at: any, key) => at?.[key], document)
      assert.isDefined(found, pointer)
    }
  })
})
