import limiter from '@adonisjs/limiter/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import { keyedHash } from '#platform'
import { emailKey } from '../accounts/email_key.ts'
import { readPasswordReset, requestPasswordReset, resetPassword } from '../accounts/password_resets.ts'
import { fromRequest } from './from_request.ts'
import { requestResetValidator, resetValidator } from './identity_validators.ts'

const perAddress = { requests: 5, duration: '1 hour' }

/** `POST /password-resets`, `GET/POST /password-resets/:token`. */
export default class PasswordResetsController {
  /** Always 202: who has an account is nobody's business. An address that is asked for too often gets no more mail. */
  async store({ request, response }: HttpContext) {
    const { email } = await request.validateUsing(requestResetValidator)
    const key = `reset:${keyedHash('reset', emailKey(email)).toString('hex')}`
    await limiter.use('database', perAddress).attempt(key, () => requestPasswordReset(email))
    return response.accepted({ message: 'If there is an account with this address, a mail is on its way.' })
  }

  /** Is the link still good? */
  async show({ params }: HttpContext) {
    const user = await readPasswordReset(params.token)
    return { email: user.email }
  }

  async update(ctx: HttpContext) {
    const { password } = await ctx.request.validateUsing(resetValidator)
    await resetPassword({ secret: ctx.params.token, password, from: fromRequest(ctx) })
    return ctx.response.noContent()
  }
}
