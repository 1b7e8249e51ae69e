/**
 * Loaded into the web and worker processes: when the launcher dies, even by kill -9, they end too, in their orderly way,
 * instead of holding the port for ever.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
