import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

/** The search of a list; `/` puts the cursor here (shell/shortcuts.tsx). Types at once, asks a moment later. */
export function SearchBox({
  value,
  onChange,
  label,
}: {
  value?: string
  onChange: (q: string | undefined) => void
  label: string
}) {
  const [typed, setTyped] = useState(value ?? '')
  const ask = useDebouncedCallback((q: string) => onChange(q.trim() || undefined), 250)
  useEffect(() => setTyped(value ?? ''), [value])
  return (
    <TextInput
      type="search"
      data-page-search
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        ask(event.currentTarget.value)
      }}
    />
  )
}
