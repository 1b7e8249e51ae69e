import { column } from '@adonisjs/lucid/orm'

/** A jsonb column. Without this, the driver writes a JavaScript array as a PostgreSQL array. */
export const jsonColumn = () =>
  column({ prepare: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)) })
