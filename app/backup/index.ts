/**
 * Backup: the whole installation in one file, and back from it. Both are one consistent moment; coming back is all or
 * nothing, and nothing leaves afterwards before a person has looked.
 * Owns nothing; reads every table, and writes them into an installation that has none of its own yet.
 */
export { atTerminal } from './at_terminal.ts'
export { BackupRefused } from './errors.ts'
export { restoreBackup, type Restored } from './restore_backup.ts'
export { writeBackup, type Written } from './write_backup.ts'
