/**
 * A list's state lives in its address: what is sought, how it is sorted, which page. Pages are keyset cursors, so `pages`
 * holds the cursors of the pages turned so far; the last one is where we are, and Previous drops it.
 */
export interface GridSearch {
  q?: string
  sort?: string
  pages?: string
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** For a route's `validateSearch`: `validateSearch: (raw) => ({ ...gridSearch(raw), tag: text(raw.tag) })`. */
export const gridSearch = (raw: Record<string, unknown>): GridSearch => ({
  q: text(raw.q),
  sort: text(raw.sort),
  pages: text(raw.pages),
})

export { text as searchText }

/** What the API's list takes. Undefined values stay out of the request. */
export const pageQuery = ({ pages, q, sort }: GridSearch, limit = 50) => ({
  limit,
  ...(q ? { q } : {}),
  ...(sort ? { sort } : {}),
  ...(pages ? { cursor: pages.split(',').at(-1)! } : {}),
})

export const pageNumber = ({ pages }: GridSearch) => (pages ? pages.split(',').length + 1 : 1)

export const nextPage = (search: GridSearch, cursor: string): GridSearch => ({
  pages: search.pages ? `${search.pages},${cursor}` : cursor,
})

export const previousPage = ({ pages }: GridSearch): GridSearch => ({
  pages: pages?.includes(',') ? pages.slice(0, pages.lastIndexOf(',')) : undefined,
})
