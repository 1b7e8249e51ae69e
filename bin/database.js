import pg from 'pg'

/**
 * One question to a database, on a connection of its own.
 * @param {string} connectionString
 * @param {string} sql
 */
export async function ask(connectionString, sql) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, query_timeout: 5000 })
  client.on('error', () => {}) // a lost connection also rejects the question in hand: reported there
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
