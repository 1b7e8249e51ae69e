import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '~/api'
import { problemOf } from '~/problem'
import { shownOf, type FormValues } from './form'

const PAUSE_MS = 350

/** `subject` and `from`: of the mail alone. */
interface Preview {
  html: string
  subject: string | null
  from: string | null
}

/** The page of what is typed, a moment after the last key. The one before stays until the next is there. */
export function usePagePreview(values: FormValues, step: string) {
  const now = JSON.stringify({ ...shownOf(values), step })
  const [asked] = useDebouncedValue(now, PAUSE_MS)
  const query = useQuery({
    queryKey: [['formPreview'], asked],
    queryFn: () => client.api.forms.preview({ body: JSON.parse(asked) }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  const seen = query.data as Preview | undefined
  return {
    html: seen?.html,
    subject: seen?.subject,
    from: seen?.from,
    problem: query.isError ? problemOf(query.error) : null,
    isStale: query.isPlaceholderData || asked !== now,
  }
}

/** As somebody sees it whose device is light, or dark, whatever ours is. */
export const seenIn = (html: string, scheme: 'light' | 'dark') =>
  html
    .replace(/@media\s*\(\s*prefers-color-scheme:\s*dark\s*\)/g, scheme === 'dark' ? '@media all' : '@media not all')
    .replace('color-scheme: light dark;', `color-scheme: ${scheme};`)
    .replace('name="color-scheme" content="light dark"', `name="color-scheme" content="${scheme}"`)
