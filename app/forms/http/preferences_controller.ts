import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { anyBody, publicPage } from '#platform'
import { restrictionOf, restsOf, trackingOfPerson, wishesOf } from '#consent'
import { circumstancesOf } from '../circumstances.ts'
import { comeBack, dayToGoOn, keepReaderWish, type Wish } from '../keep_reader_wish.ts'
import { keepReadersPace } from '../readers_pace.ts'
import { keepReaderTracking } from '../keep_reader_tracking.ts'
import { choicesOf } from '../preferences.ts'
import { readerOfToken, recordOf, type KnownReader } from '../reader_of_token.ts'
import type { Words } from '../reader_words.ts'
import { askForRights, type AskedRight } from '../rights/ask_for_rights.ts'
import { leaveEverything, savePreferences } from '../save_preferences.ts'
import { storedAbout } from '../stored_about.ts'
import { whyIn, whys } from '../why.ts'
import { maskedAddress, restInWords, sentenceOf, storedInWords, type KeptWish } from './preference_words.ts'
import { wordsOfPage } from './words_of_page.ts'

/**
 * `/p/:token`: what somebody gets, and what they want to get. Works without JavaScript; saving shows what was saved. It takes
 * any body, and what it does not understand changes nothing.
 */
export default class PreferencesController {
  async show(ctx: HttpContext) {
    return page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const form = new URLSearchParams(await anyBody(ctx))
    const reader = await readerOfToken(ctx.params.token, db.connection())
    const person = reader && recordOf(reader)
    if (person && form.get('do') !== 'leave') await keepReadersPace({ workspaceId: reader.workspaceId, person })
    return page(ctx, await saved({ ctx, form, reader, words: wordsOfPage(ctx, reader) }))
  }
}

interface Spoken {
  ctx: HttpContext
  form: URLSearchParams
  reader: KnownReader | null
  words: Words
}

interface Message {
  text: string
  isBad?: boolean
}

async function saved(spoken: Spoken): Promise<Message | null> {
  const { ctx, form, reader, words } = spoken
  const said = { token: ctx.params.token, circumstances: circumstancesOf(ctx), why: whyIn(form) }
  const [takenBack] = form.getAll('take_back')
  if (form.get('do') === 'leave') {
    await leaveEverything(said)
    return { text: words.t('saved.left') }
  }
  if (form.get('do') === 'data') return ask(spoken, 'access')
  if (form.get('do') === 'erase') return ask(spoken, 'erasure')
  if (!reader?.person) return null
  if (takenBack) return takeBack(spoken, takenBack)
  if (form.get('do') === 'often') return getLess(spoken)
  if (form.get('do') === 'pause') return pause(spoken)
  if (form.get('do') === 'measure') return measure(spoken, true)
  if (form.get('do') === 'do_not_measure') return measure(spoken, false)
  const result = await savePreferences({ ...said, words, chosen: idsIn(form, 'topic'), shown: idsIn(form, 'shown') })
  return result && { text: topicsSaved(result, words) }
}

const idsIn = (form: URLSearchParams, name: string) => form.getAll(name).filter(isId).map(Number)
const isId = (id: string) => /^\d{1,15}$/.test(id)

function topicsSaved({ granted, ended }: { granted: string[]; ended: string[] }, { t, list }: Words): string {
  if (granted.length > 0 && ended.length > 0) return t('saved.both', { granted: list(granted), ended: list(ended) })
  if (granted.length > 0) return t('saved.granted', { topics: list(granted) })
  if (ended.length > 0) return t('saved.ended', { topics: list(ended) })
  return t('saved.nothing')
}

async function getLess({ form, ...spoken }: Spoken): Promise<Message> {
  const pace = form.get('pace')
  if (pace !== 'weekly' && pace !== 'monthly') return { text: spoken.words.t('saved.bad_choice'), isBad: true }
  return keep(spoken, form.get('about'), { pace })
}

async function pause({ form, ...spoken }: Spoken): Promise<Message> {
  const pausedUntil = dayToGoOn(form.get('until'), spoken.reader!.timezone)
  if (!pausedUntil) return { text: spoken.words.t('saved.bad_date'), isBad: true }
  return keep(spoken, form.get('about'), { pausedUntil })
}

async function keep({ ctx, words }: Omit<Spoken, 'form'>, about: string | null, wish: Wish): Promise<Message> {
  const topicId = isId(about ?? '') ? Number(about) : -1
  const reader = await keepReaderWish({ token: ctx.params.token, topicId, wish, circumstances: circumstancesOf(ctx) })
  if (!reader) return { text: words.t('saved.bad_choice'), isBad: true }
  const kept = (await keptWishes(reader, words)).find(
    (one) => one.topicId === topicId && one.kind === ('pace' in wish ? 'pace' : 'pause')
  )
  return { text: words.t('saved.wish', { wish: kept!.sentence }) }
}

async function measure({ ctx, words, reader }: Spoken, allows: boolean): Promise<Message | null> {
  const isKept = await keepReaderTracking({
    token: ctx.params.token,
    allows,
    words,
    circumstances: circumstancesOf(ctx),
  })
  const workspace = reader!.workspace.name
  return isKept ? { text: words.t(allows ? 'saved.measured' : 'saved.unmeasured', { workspace }) } : null
}

async function ask({ ctx, words }: Spoken, right: AskedRight): Promise<Message | null> {
  const reader = await askForRights({ token: ctx.params.token, right, words, circumstances: circumstancesOf(ctx) })
  return reader && { text: words.t('rights.asked', { address: maskedAddress(recordOf(reader)!.email) }) }
}

async function takeBack({ ctx, words }: Spoken, which: string): Promise<Message> {
  const [, topicId, kind] = /^(\d{1,15}):(pace|pause|rest)$/.exec(which) ?? []
  if (!kind) return { text: words.t('saved.nothing') }
  if (kind === 'rest') {
    await comeBack({ token: ctx.params.token, topicId: Number(topicId), circumstances: circumstancesOf(ctx) })
    return { text: words.t('saved.taken_back') }
  }
  const wish = kind === 'pace' ? { pace: null } : { pausedUntil: null }
  const circumstances = circumstancesOf(ctx)
  await keepReaderWish({ token: ctx.params.token, topicId: Number(topicId), wish, circumstances })
  return { text: words.t('saved.taken_back') }
}

async function keptWishes({ workspaceId, workspace, person }: KnownReader, words: Words): Promise<KeptWish[]> {
  const wishes = await wishesOf({ workspaceId, contactId: person!.id })
  const rests = await restsOf({ workspaceId, contactId: person!.id, client: db })
  return [
    ...rests.map((rest) => restInWords(rest, words)),
    ...wishes.flatMap((wish) => sentenceOf(wish, { workspace: workspace.name, words })),
  ]
}

const isMeasured = async ({ workspaceId, person }: KnownReader) =>
  (await trackingOfPerson({ workspaceId, contactId: person!.id })).is_measured

async function page(ctx: HttpContext, message: Message | null) {
  const reader = await readerOfToken(ctx.params.token, db.connection())
  const known = reader?.person ? reader : null
  const { language, ...words } = wordsOfPage(ctx, reader)
  if (reader?.former) return pageOfFormer(ctx, { reader, message, words: { language, ...words } })
  const topics = known ? await choicesOf(known, db, { language, ...words }) : []
  return publicPage(ctx, 'public/preferences', {
    ...words,
    whys,
    inert: ctx.params.token === 'test',
    known: known !== null,
    message,
    workspace: known?.workspace.name,
    address: known && maskedAddress(known.person!.email),
    topics,
    gets: topics.filter(({ granted }) => granted),
    isMeasured: known ? await isMeasured(known) : false,
    wishes: known ? await keptWishes(known, { language, ...words }) : [],
    restricted: known ? await isRestricted(known) : false,
    stored: known ? storedInWords(await storedAbout(known), { reader: known, words: { language, ...words } }) : [],
  })
}

/** Who was deleted chooses nothing any more; what is kept of them is told, and theirs to take and to end. */
async function pageOfFormer(
  ctx: HttpContext,
  { reader, message, words }: { reader: KnownReader; message: Message | null; words: Words & { lang: string } }
) {
  return publicPage(ctx, 'public/former', {
    ...words,
    message,
    workspace: reader.workspace.name,
    stored: storedInWords(await storedAbout(reader), { reader, words }),
  })
}

const isRestricted = async ({ workspaceId, person }: KnownReader) =>
  (await restrictionOf({ workspaceId, contactId: person!.id, emailHash: person!.emailHash })) !== null
