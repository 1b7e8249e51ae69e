import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const json = {
  tsType: 'any',
  decorators: [{ name: '@jsonColumn' }],
  imports: [{ source: '#database/json_column', namedImports: ['jsonColumn'] }],
}

/** How PostgreSQL's types read in our models. Ids and counters fit a JavaScript number (platform/pg_types.ts parses them so). */
export default {
  types: {
    bigint: { decorators: [{ name: '@column' }], tsType: 'number' },
    jsonb: json,
    json,
  },
  /** Keys begin with workspace_id, so that tables can be distributed by it; a record is still known by its id. */
  primaryKey: (_table, keys) =>
    keys.includes('id')
      ? {
          columnName: 'id',
          columnInfo: { tsType: 'number', decorators: [{ name: '@column', args: { isPrimary: true } }] },
        }
      : undefined,
} satisfies SchemaRules
