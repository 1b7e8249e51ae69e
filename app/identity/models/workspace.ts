import { WorkspaceSchema } from '#database/schema'

/** A team and everything it owns. */
export class Workspace extends WorkspaceSchema {
  static table = 'workspaces'
}
