import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { anyBody, publicPage } from '#platform'
import { circumstancesOf } from '../circumstances.ts'
import { choicesOf } from '../preferences.ts'
import { readerOfToken } from '../reader_of_token.ts'
import { leaveEverything, savePreferences } from '../save_preferences.ts'

/** `/p/:token`: what somebody gets, and what they want to get. Works without JavaScript; saving shows what was saved. */
export default class PreferencesController {
  async show(ctx: HttpContext) {
    return page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const form = new URLSearchParams(await anyBody(ctx))
    const wish = { token: ctx.params.token, circumstances: circumstancesOf(ctx) }
    if (form.get('do') === 'leave') {
      await leaveEverything(wish)
      return page(ctx, 'Saved: you get no more mails.')
    }
    const result = await savePreferences({ ...wish, chosen: idsIn(form, 'topic'), shown: idsIn(form, 'shown') })
    return page(ctx, result && saved(result))
  }
}

const idsIn = (form: URLSearchParams, name: string) =>
  form
    .getAll(name)
    .filter((id) => /^\d{1,15}$/.test(id))
    .map(Number)

function saved({ granted, ended }: { granted: string[]; ended: string[] }): string {
  const parts = [
    granted.length > 0 ? `you now get ${granted.join(', ')}` : '',
    ended.length > 0 ? `you no longer get ${ended.join(', ')}` : '',
  ].filter(Boolean)
  return parts.length === 0 ? 'Saved: nothing changed.' : `Saved: ${parts.join('; ')}.`
}

async function page(ctx: HttpContext, message: string | null) {
  const reader = await readerOfToken(ctx.params.token, db.connection())
  const known = reader?.person ? reader : null
  return publicPage(ctx, 'public/preferences', {
    inert: ctx.params.token === 'test',
    known: known !== null,
    saved: message,
    workspace: known?.workspace.name,
    address: known?.person!.email,
    topics: known ? await choicesOf(known) : [],
  })
}
