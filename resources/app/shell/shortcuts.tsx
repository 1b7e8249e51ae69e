import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useKeys } from '~/ui/hotkeys'
import { onDemand } from '~/ui/on_demand'
import { addressOf, places } from './navigation'

const ShortcutList = onDemand(() => import('./shortcut_list'), 'ShortcutList')

const OPEN = 'assent:shortcuts'

export const openShortcuts = () => window.dispatchEvent(new Event(OPEN))

/** The keys that work on every screen, and `?`, which lists them. */
export function Shortcuts() {
  const navigate = useNavigate()
  const { workspaceId = '' } = useParams({ strict: false })
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const open = () => setOpen(true)
    window.addEventListener(OPEN, open)
    return () => window.removeEventListener(OPEN, open)
  }, [])
  useKeys(
    useMemo(
      () => ({
        '?': () => setOpen(true),
        '/': () => document.querySelector<HTMLInputElement>('[data-page-search]')?.focus(),
        ...Object.fromEntries(
          places.map(({ key, path }) => [`g ${key}`, () => void navigate({ to: addressOf(workspaceId, path) })])
        ),
      }),
      [navigate, workspaceId]
    )
  )
  return <ShortcutList opened={isOpen} onClose={() => setOpen(false)} />
}
