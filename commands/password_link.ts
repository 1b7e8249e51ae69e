import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** `ace password:link --email E`: for whoever lost the password of an Assent that cannot send mail. */
export default class PasswordLink extends BaseCommand {
  static commandName = 'password:link'
  static description = 'Print a link with which a person chooses a new password (once, within an hour)'
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'Address of the account', required: true })
  declare email: string

  async run() {
    const { emailKey, passwordResetLink, User } = await import('#identity')
    const user = await User.findBy('emailKey', emailKey(this.email))
    if (!user) {
      console.error('There is no account with this address.')
      this.exitCode = 1
      return
    }
    console.log(await passwordResetLink(user))
  }
}
