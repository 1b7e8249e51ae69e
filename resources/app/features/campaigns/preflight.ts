/** The review of what the server holds. Asked again for each version that was saved. */
import { client } from '~/api'

export interface Check {
  id: string
  level: 'block' | 'warn' | 'ok'
  message: string
  fix?: string
  field?: string
  language?: string
}

export const preflightQuery = (id: string, version: number) => ({
  queryKey: [['campaigns', 'preflight'], { request: { params: { id } } }, version] as const,
  queryFn: () => client.api.campaigns.preflight({ params: { id } }),
  staleTime: 10_000,
})

/** The place on the screen where a check's field is put right. */
export function fieldOf(check: Pick<Check, 'field' | 'id'>): string | null {
  const { field } = check
  if (!field) return null
  if (field.startsWith('audience')) return 'field-audience'
  return `field-${field}`
}

/** Jumps to a field and puts the cursor there. */
export function goToField(id: string) {
  const field = document.getElementById(id)
  if (!field) return
  field.scrollIntoView({ block: 'center' })
  field.focus({ preventScroll: true })
}
