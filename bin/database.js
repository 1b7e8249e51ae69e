import pg from 'pg'

/**
 * One question to a database, on a connection of its own.
 * @param {string} connectionString
 * @param {string} sql
 * @param {{ seconds?: number }} [options] how long it may take
 */
export async function ask(connectionString, sql, { seconds = 5 } = {}) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, query_timeout: seconds * 1000 })
  client.on('error', () => {}) // a lost connection also rejects the question in hand: reported there
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
