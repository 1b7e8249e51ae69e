import { invalid } from './refusal.js'

/**
 * One page of a list, newest first. Source: Resend docs, "Pagination".
 * @template T
 * @param {T[]} items oldest first
 * @param {URLSearchParams} query `limit` 1 to 100 (20), and `after` or `before`: the id of an item
 * @param {(id: string) => number} placeOf an id's place in `items`, -1 when unknown
 * @param {(item: T) => object} draw
 */
export function pageOf(items, query, placeOf, draw) {
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('The `limit` must be between 1 and 100.')
  const [newest, isLast] = edges(items, query, placeOf, limit)
  const data = []
  for (let place = newest; place >= 0 && data.length < limit; place--) data.push(draw(items[place]))
  return { object: 'list', has_more: !isLast, data }
}

function edges(items, query, placeOf, limit) {
  const [after, before] = [query.get('after'), query.get('before')]
  if (after && before) throw invalid('You can only use either `after` or `before`, not both.')
  if (before) {
    const newest = Math.min(known(placeOf, before) + limit, items.length - 1)
    return [newest, newest === items.length - 1]
  }
  const newest = after ? known(placeOf, after) - 1 : items.length - 1
  return [newest, newest - limit < 0]
}

function known(placeOf, id) {
  const place = placeOf(id)
  if (place < 0) throw invalid('The pagination cursor is unknown.')
  return place
}

/** How to find an id in a short list. */
export const placeIn = (items) => (id) => items.findIndex((item) => item.id === id)
