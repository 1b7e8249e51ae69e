import { queryOptions } from '@tanstack/react-query'
import { ask } from './ask'

/** Is this a fresh installation without an owner? */
export const setupQuery = queryOptions({
  queryKey: [['setup']],
  queryFn: () => ask<{ needed: boolean }>('GET', '/setup'),
})
