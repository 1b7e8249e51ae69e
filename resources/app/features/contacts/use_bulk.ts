import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { failed, undoable, type GridPage } from '~/ui'
import type { ContactRecord } from './person'

/** Who is to be changed: those ticked, or everybody whom the filter finds. */
export interface Chosen {
  people: ContactRecord[]
  isAll: boolean
}

export interface BulkFilter {
  q?: string
  tag?: string
  segment_id?: string
}

export type BulkAction = { action: 'add_tag' | 'remove_tag'; tag: string } | { action: 'delete' }

/** One change for many people: shows at once, is rolled back when refused, and can be undone for eight seconds. */
export function useBulk({ chosen, filter, onDone }: { chosen: Chosen; filter: BulkFilter; onDone: () => void }) {
  const t = useTranslations('contacts')
  const common = useTranslations('common')
  const undo = useMutation(
    api.contacts.undoBulk.mutationOptions({ onSuccess: () => refresh('contacts', 'tags', 'segments') })
  )
  const change = useMutation(
    api.contacts.bulk.mutationOptions({
      onError: (error) => {
        failed(error)
        return refresh('contacts')
      },
    })
  )
  const run = (what: BulkAction) => {
    const ids = new Set(chosen.people.map(({ id }) => id))
    foresee(what, ({ id }) => chosen.isAll || ids.has(id))
    change.mutate(
      { body: { ...what, ...(chosen.isAll ? { filter } : { ids: [...ids].map(Number) }) } },
      {
        onSuccess: async ({ changed, undo: id }) => {
          const tag = 'tag' in what ? what.tag : ''
          undoable({
            message: t(`bulk.done.${what.action}`, { count: changed, tag }),
            label: common('undo'),
            undo: () => undo.mutateAsync({ params: { id } }),
          })
          await refresh('contacts', 'tags', 'segments', 'topics')
        },
      }
    )
    onDone()
  }
  return { run, isPending: change.isPending }
}

/** What the lists on screen will say when the server agrees. */
function foresee(what: BulkAction, isMeant: (person: ContactRecord) => boolean) {
  queryClient.setQueriesData<GridPage<ContactRecord>>({ queryKey: [['contacts', 'index']] }, (page) => {
    if (!page) return page
    if (what.action === 'delete') return { ...page, data: page.data.filter((person) => !isMeant(person)) }
    return {
      ...page,
      data: page.data.map((person) => (isMeant(person) ? { ...person, tags: retagged(person.tags, what) } : person)),
    }
  })
}

function retagged(tags: string[], { action, tag }: { action: 'add_tag' | 'remove_tag'; tag: string }): string[] {
  const others = tags.filter((one) => one.toLowerCase() !== tag.toLowerCase())
  return action === 'add_tag' ? [...others, tag].sort((a, b) => a.localeCompare(b)) : others
}
