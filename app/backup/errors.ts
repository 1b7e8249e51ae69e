/** Something that the reader can fix: shown as its one line, without a stack. Nothing was changed. */
export class BackupRefused extends Error {}
