import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** `ace workspace:create --name N --email E --password P --json`: a workspace without a browser. */
export default class WorkspaceCreate extends BaseCommand {
  static commandName = 'workspace:create'
  static description = 'Make a workspace, its owner and a token with every scope'
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'Name of the workspace', required: true })
  declare name: string

  @flags.string({ description: 'Address of its owner, who signs in with it', required: true })
  declare email: string

  @flags.string({ description: 'Password of the owner, 10 characters or more', required: true })
  declare password: string

  @flags.boolean({ description: 'Answer with one line of JSON' })
  declare json?: boolean

  async run() {
    const { provisionWorkspace, setupProblem } = await import('#identity')
    const problem = setupProblem({ name: this.name, email: this.email })
    if (problem) return this.refuse(problem)
    try {
      const { workspace, user, token } = await provisionWorkspace(this)
      const answer = { workspace_id: String(workspace.id), user_id: String(user.id), token: token.value!.release() }
      if (this.json) return console.log(JSON.stringify(answer))
      this.logger.success(`Workspace ${workspace.name} (${answer.workspace_id}) belongs to ${user.email}.`)
      this.logger.info(`Its token, shown this once: ${answer.token}`)
    } catch (error) {
      const { Problem } = await import('#platform')
      if (!(error instanceof Problem)) throw error
      this.refuse(error.message)
    }
  }

  private refuse(message: string) {
    console.error(message)
    this.exitCode = 1
  }
}
