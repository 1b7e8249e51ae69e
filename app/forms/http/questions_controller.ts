import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { anyBody, publicPage } from '#platform'
import { answerQuestion, askedByToken, type Asked } from '../answer_question.ts'
import { circumstancesOf } from '../circumstances.ts'
import { readerOfToken, type KnownReader } from '../reader_of_token.ts'
import { keepReadersPace } from '../readers_pace.ts'
import { maskedAddress } from './preference_words.ts'
import { wordsOfPage } from './words_of_page.ts'

/**
 * `/k/:token`: do you still want these mails? GET and HEAD show two buttons and change nothing; a POST answers, again is the same. Both
 * are always 200, and what we did not sign gets the same buttons and the same thanks, without names.
 */
export default class QuestionsController {
  async show(ctx: HttpContext) {
    const asked = await askedByToken(ctx.params.token, speaksIn(ctx))
    return page(ctx, asked, asked?.question.answered ?? 'ask')
  }

  async store(ctx: HttpContext) {
    const body = new URLSearchParams(await anyBody(ctx))
    const [answer, shown] = [body.get('answer'), body.get('lang')]
    if (answer !== 'yes' && answer !== 'no') return this.show(ctx)
    const reader = await readerOfToken(ctx.params.token, db.connection())
    if (reader?.person && answer === 'yes') await keepReadersPace(reader)
    const speaks = speaksIn(ctx, shown)
    const asked = await answerQuestion({
      token: ctx.params.token,
      answer,
      speaks,
      circumstances: circumstancesOf(ctx),
    })
    return page(ctx, asked, answer, shown)
  }
}

/** `shown`: the language of the page that was answered, whose words the ledger is to name. */
const speaksIn = (ctx: HttpContext, shown?: string | null) => (reader: KnownReader) =>
  wordsOfPage(ctx, reader, shown).language

function page(ctx: HttpContext, asked: Asked | null, answered: 'ask' | 'yes' | 'no', shown?: string | null) {
  const reader = asked?.reader ?? null
  const { language, ...words } = wordsOfPage(ctx, reader, shown)
  const step = asked?.question.isArchived ? 'gone' : answered
  const thanks = asked ? `question.${answered}_title` : 'question.unknown_title'
  const inert = ctx.params.token === 'test'
  return publicPage(ctx, 'public/question', {
    ...words,
    inert,
    known: asked !== null,
    step,
    title: inert ? words.t('test.title') : words.t(step === 'yes' || step === 'no' ? thanks : 'question.title'),
    ...(asked ? aboutIt(asked, words.day) : {}),
    preferences: asked && `/p/${encodeURIComponent(ctx.params.token)}?lang=${language}`,
  })
}

const aboutIt = ({ reader, question: { asks, wording } }: Asked, day: (at: Date) => string) => ({
  topic: reader.topic.name,
  workspace: reader.workspace.name,
  address: maskedAddress(reader.person!.email),
  wording: wording.text,
  wordingLanguage: wording.language ?? '',
  silence: asks.silence,
  until: asks.answersUntil && day(asks.answersUntil.toJSDate()),
  isOver: asks.state !== 'asking' || asks.answersUntil!.toMillis() <= Date.now(),
})
