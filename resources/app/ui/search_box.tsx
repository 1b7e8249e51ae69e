import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

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
  const asked = useRef(value)
  const ask = useDebouncedCallback((q: string) => onChange((asked.current = q.trim() || undefined)), 250)
  useEffect(() => {
    // our own question coming back through the address must not take away the space or letter typed since
    if (value !== asked.current) setTyped(value ?? '')
    asked.current = value
  }, [value])
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
