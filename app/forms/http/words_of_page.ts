import type { HttpContext } from '@adonisjs/core/http'
import { pageCss } from '../brand.ts'
import { recordOf, type KnownReader } from '../reader_of_token.ts'
import { languageLinks, wordsIn } from '../reader_words.ts'

/** A page's look, the workspace's, and its words: as the page was `shown` that is answered, as chosen in its address (`?lang=de`), else the reader's language, else the workspace's. */
export function wordsOfPage(
  { request }: Pick<HttpContext, 'request'>,
  reader: KnownReader | null,
  shown: string | null = null
) {
  const chosen: unknown = request.qs().lang
  const wishes = [
    shown,
    typeof chosen === 'string' ? chosen : null,
    reader && recordOf(reader)?.locale,
    reader?.workspace.locale,
  ]
  const words = wordsIn(wishes, reader?.timezone)
  return {
    ...words,
    lang: words.language,
    languages: languageLinks(words.language),
    css: pageCss(reader?.workspace.look),
  }
}
