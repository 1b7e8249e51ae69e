import type { SqlPiece } from '#platform'

/**
 * The people of a workspace who are there, as the other modules pass them on: yields (contact_id, email_hash). `where`
 * is a boolean expression over `c`.
 */
export function peopleWhere(workspaceId: number, where?: SqlPiece): SqlPiece {
  return {
    sql: `select c.id as contact_id, c.email_hash from contacts c
      where c.workspace_id = ? and c.deleted_at is null${where ? ` and (${where.sql})` : ''}`,
    bindings: [workspaceId, ...(where?.bindings ?? [])],
  }
}

/** One of them. */
export const theContact = (workspaceId: number, contactId: number) =>
  peopleWhere(workspaceId, { sql: 'c.id = ?', bindings: [contactId] })
