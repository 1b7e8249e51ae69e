import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** `ace token:create --workspace ID --scopes a,b --json`: a token of the workspace's first owner. */
export default class TokenCreate extends BaseCommand {
  static commandName = 'token:create'
  static description = 'Make an API token for a workspace'
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'Id of the workspace', required: true })
  declare workspace: string

  @flags.string({ description: 'Scopes, separated by commas; without it, all' })
  declare scopes?: string

  @flags.string({ description: 'Name of the token' })
  declare name?: string

  @flags.boolean({ description: 'Answer with one line of JSON' })
  declare json?: boolean

  async run() {
    const { allPermissions, createToken, Membership, theSystem } = await import('#identity')
    const scopes = this.scopes?.split(',').map((scope) => scope.trim()) ?? allPermissions
    const unknown = scopes.filter((scope) => !(allPermissions as string[]).includes(scope))
    if (unknown.length > 0)
      return this.refuse(`There is no scope ${unknown.join(', ')}. There are: ${allPermissions.join(', ')}`)
    const membership = /^\d{1,15}$/.test(this.workspace)
      ? await Membership.query()
          .where({ workspace_id: Number(this.workspace), role: 'owner' })
          .orderBy('id')
          .first()
      : null
    if (!membership) return this.refuse(`There is no workspace ${this.workspace}.`)
    const token = await createToken({
      membership,
      name: this.name ?? 'Made on the command line',
      scopes: scopes as typeof allPermissions,
      actor: { ...theSystem, label: 'Command line' },
    })
    const answer = { workspace_id: this.workspace, token_id: String(token.identifier), token: token.value!.release() }
    console.log(this.json ? JSON.stringify(answer) : answer.token)
  }

  private refuse(message: string) {
    console.error(message)
    this.exitCode = 1
  }
}
