import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'

interface Statement {
  name: string
  text: string
  values: number
}

/** A few statements of ours, each with a fixed text. */
const MOST = 200
const statements = new Map<string, Statement>()

/**
 * Runs a statement that each connection parses and plans once, for the few that run again and again: planning a batch's
 * statements costs more than running them. Name the columns that come back (no `*`): PostgreSQL refuses a prepared
 * statement whose result has got another shape.
 *
 * @param sql with `?` for each binding, and no other question mark
 */
export async function prepared(sql: string, bindings: unknown[]): Promise<{ rows: any[]; rowCount: number }> {
  const { name, text, values } = statementOf(sql)
  if (values !== bindings.length) throw new Error(`The statement wants ${values} values, not ${bindings.length}.`)
  const { client } = db.connection().getWriteClient()
  const connection = await client.acquireConnection()
  try {
    const { rows, rowCount } = await connection.query({ name, text, values: bindings })
    return { rows, rowCount: rowCount ?? 0 }
  } finally {
    client.releaseConnection(connection)
  }
}

function statementOf(sql: string): Statement {
  let known = statements.get(sql)
  if (!known) {
    let values = 0
    const text = sql.replaceAll('?', () => `$${++values}`)
    known = { name: createHash('sha1').update(text).digest('hex'), text, values }
    if (statements.size >= MOST) statements.delete(statements.keys().next().value!)
    statements.set(sql, known)
  }
  return known
}
