import type { SqlPiece } from '#platform'

/**
 * SQL: the language (RFC 5646 §2.2.1) of a person's tag (`locale` is a column), `de` for de-AT, when it is one of those; else null.
 * It takes one binding, the languages as text[].
 */
export const languageAmong = (locale: string) =>
  `case when ${spoken(locale)} = any(?::text[]) then ${spoken(locale)} end`

const spoken = (locale: string) => `lower(split_part(${locale}, '-', 1))`

/** Of these people (contact_id, email_hash) those who read the language. */
export const readersOf = (people: SqlPiece, { workspaceId, language }: { workspaceId: number; language: string }) => ({
  sql: `select reader.contact_id, reader.email_hash from (${people.sql}) reader
    join contacts of_reader on of_reader.workspace_id = ? and of_reader.id = reader.contact_id
    where ${spoken('of_reader.locale')} = ?`,
  bindings: [...people.bindings, workspaceId, language],
})
