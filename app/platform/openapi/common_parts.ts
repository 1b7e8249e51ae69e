/** What every operation shares: the one shape of errors, how to sign in, the pages of lists. */
export const commonSchemas = {
  Problems: {
    type: 'object',
    required: ['errors', 'request_id'],
    properties: {
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'message'],
          properties: {
            code: { type: 'string', description: 'E_…: stable, for programs.' },
            message: { type: 'string', description: 'For people. Names the fix.' },
            field: { type: 'string' },
            rule: { type: 'string' },
          },
        },
      },
      request_id: { type: 'string' },
    },
  },
}

const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problems' } } },
})

export const commonResponses = {
  NotSignedIn: problem('The token or session is missing, unknown, expired or revoked.'),
  NotAllowed: problem('The role or the token does not grant the permission.'),
  NotFound: problem('There is no such thing in this workspace.'),
  Invalid: problem('A field is missing or wrong; `field` and `rule` say which.'),
  Problem: problem(
    'Anything else: 400 malformed, 409 conflict, 413 too large, 415 not JSON, 429 too many (see retry-after).'
  ),
}

export const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: 'A token of one workspace: Settings → API tokens.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'assent_session',
    description: 'The web app. Requests that change something also send the XSRF-TOKEN cookie as X-XSRF-TOKEN.',
  },
}

export const commonParameters = {
  Limit: { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
  Cursor: { name: 'cursor', in: 'query', description: '`next_cursor` of the page before.', schema: { type: 'string' } },
  Count: {
    name: 'count',
    in: 'query',
    description: '1: also answer `total`.',
    schema: { type: 'string', enum: ['1'] },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key is the same thing to do, for 24 hours.',
    schema: { type: 'string', maxLength: 255 },
  },
  Workspace: {
    name: 'X-Workspace',
    in: 'header',
    description: 'With a session: which workspace. A token belongs to one.',
    schema: { type: 'string' },
  },
}
