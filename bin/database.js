import pg from 'pg'

/** A machine that is just starting up, or busy, may take seconds to greet; one that is not there refuses at once. */
export const GREETED_WITHIN_MS = 30_000

/**
 * One question to a database, on a connection of its own.
 * @param {string} connectionString
 * @param {string} sql
 * @param {{ seconds?: number }} [options] how long it may take
 */
export async function ask(connectionString, sql, { seconds = 30 } = {}) {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: GREETED_WITHIN_MS,
    query_timeout: seconds * 1000,
  })
  client.on('error', () => {}) // a lost connection also rejects the question in hand: reported there
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
