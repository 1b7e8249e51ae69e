import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { createContext, useContext } from 'react'
import { client } from '~/api'
import { problemOf } from '~/problem'
import { campaignRoute, type Campaign, type Revision } from './campaign'

/** What is not on the server: the copy is made as if it were. Given by the screen where a letter is changed on its way. */
export const Changes = createContext<Revision | null>(null)

/** The language of the letter that is looked at; null: that of whom it is made for. Given by the screen where there are several. */
export const Spoken = createContext<string | null>(null)

/** The letter that is written, unless only a person is chosen: then theirs. */
export const spokenIn = ({ language }: Campaign, { as, lang }: { as?: string; lang?: string }) =>
  language && (lang ?? (as ? null : language))

/** One person's copy, as the server makes it of what it holds. The person is in the address (`?as=12`). */
export function usePreview(id: string, version: number) {
  const { as } = useSearch({ from: campaignRoute })
  const changes = useContext(Changes)
  const language = useContext(Spoken)
  const query = useQuery({
    queryKey: [['campaigns', 'render'], { request: { params: { id } } }, version, as ?? null, language, changes],
    queryFn: () =>
      client.api.campaigns.render({
        params: { id },
        body: {
          ...(as ? { contact_id: Number(as) } : {}),
          ...(language ? { language } : {}),
          ...(changes ? { changes } : {}),
        } as never,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  const problem = query.isError ? problemOf(query.error) : null
  return {
    data: query.data,
    problem,
    isStale: query.isPlaceholderData || query.isFetching,
    error: query.error,
    refetch: query.refetch,
  }
}

/** What the server's copy found wrong with a field, line and all. */
export function useRefusal(id: string, version: number) {
  const { problem } = usePreview(id, version)
  return (...fields: string[]) => problem?.items.find(({ field }) => field && fields.includes(field))?.message
}

/** Nothing of a preview acts for the reader: no picture that counts an open, no link that leads out of the frame. */
export function harmless(html: string, { dark = false } = {}): string {
  const quiet = html
    .replace(/<img[^>]+src="[^"]*\/o\/[^"]*"[^>]*>/g, '')
    .replace(/<head([^>]*)>/i, '<head$1><base target="_blank">')
  return dark ? quiet.replace(/@media\s*\(\s*prefers-color-scheme:\s*dark\s*\)/g, '@media all') : quiet
}
