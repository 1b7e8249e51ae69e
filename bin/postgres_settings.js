import { totalmem } from 'node:os'

const MB = 1024 * 1024

/**
 * The settings of the embedded PostgreSQL, handed over at every start, so that an update of Assent updates them too.
 * @param {{ port: number, isDurable: boolean }} options a cluster that is thrown away need not survive a power cut
 * @returns {string[]} arguments of `postgres`
 */
export function settings({ port, isDurable }) {
  const memory = totalmem() / MB
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    // a path longer than about 100 characters would make the socket impossible, and nobody needs it
    unix_socket_directories: '',
    shared_buffers: `${Math.round(Math.min(memory / 4, 512))}MB`,
    effective_cache_size: `${Math.round(memory / 2)}MB`,
    maintenance_work_mem: `${Math.round(Math.max(64, Math.min(memory / 16, 512)))}MB`,
    work_mem: '16MB',
    max_wal_size: '4GB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %a ',
    // a failed statement carries people's addresses: they do not belong in a log
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(!isDurable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
