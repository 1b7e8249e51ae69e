import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, queryClient, refresh } from '~/api'
import { fieldErrors, problemOf } from '~/problem'
import { failed } from '~/ui'
import type { ContactRecord } from './person'

type Change = Partial<
  Pick<
    ContactRecord,
    'email' | 'first_name' | 'last_name' | 'phone' | 'external_id' | 'locale' | 'timezone' | 'tags' | 'attributes'
  >
>

/** Saves each change by itself. `saving` and `errors` name fields: those on their way, those that were refused. */
export function useAutosave({ id }: ContactRecord) {
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [saving, setSaving] = useState<string[]>([])
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [existing, setExisting] = useState<{ id: string; workspaceId: string } | null>(null)
  const update = useMutation(api.contacts.update.mutationOptions({ onError: () => {} }))
  const { queryKey } = api.contacts.show.queryOptions({ params: { id } })
  const save = async (change: Change) => {
    const names = Object.keys(change.attributes ?? {}).map((key) => `attributes.${key}`)
    for (const key of Object.keys(change)) if (key !== 'attributes') names.push(key)
    const settled = () => setSaving((now) => now.filter((name) => !names.includes(name)))
    const before = queryClient.getQueryData(queryKey)
    queryClient.setQueryData(
      queryKey,
      (now) => now && { ...now, ...change, attributes: { ...now.attributes, ...change.attributes } }
    )
    setErrors((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !names.includes(name))))
    setExisting(null)
    setSaving((now) => [...now, ...names])
    try {
      const contact = await update.mutateAsync({ params: { id }, body: change })
      queryClient.setQueryData(queryKey, contact)
      settled()
      setSavedAt(new Date().toISOString())
      await refresh('contacts', 'tags')
    } catch (error) {
      queryClient.setQueryData(queryKey, before)
      settled()
      const refused = fieldErrors(error)
      if (Object.keys(refused).some((name) => names.includes(name))) setErrors((now) => ({ ...now, ...refused }))
      else failed(error)
      const other = problemOf(error).items[0]?.contact_id
      if (other) setExisting({ id: String(other), workspaceId: window.location.pathname.split('/')[2] })
    }
  }
  return { save, errors, saving, existing, savedAt }
}
