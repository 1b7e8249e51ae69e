import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { newChallenge } from '../quarantine/proof_of_work.ts'
import { formOfSlug } from '../sign_up/form_of_slug.ts'
import { allowOrigin } from './cross_origin.ts'

/** `GET /f/:slug/challenge`: a puzzle for the browser of whoever begins to fill in a form. Nothing is kept of it. */
export default class ChallengesController {
  async show(ctx: HttpContext) {
    const form = await formOfSlug(ctx.params.slug, db.connection())
    allowOrigin(ctx, form)
    ctx.response.header('cache-control', 'no-store')
    return newChallenge(form)
  }
}
