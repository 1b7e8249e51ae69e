import { useEffect } from 'react'

/** Letters belong to whoever is writing. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range)$/.test(target.type)))

/** The key of commands, as this keyboard names it. */
export const commandKey = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl'

const SEQUENCE_MS = 1200

/**
 * Keys without a modifier: one letter, or two in a row as in `g c`. Silent while somebody writes, or while a dialog is open.
 *
 * @example
 * useKeys({ '?': openHelp, 'g c': () => navigate({ to: '…/contacts' }) })
 */
export function useKeys(keys: Record<string, () => void>) {
  useEffect(() => {
    let before = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('[role=dialog]')) return
      const act = keys[`${before} ${event.key}`] ?? keys[event.key]
      before = event.key
      clearTimeout(timer)
      timer = setTimeout(() => (before = ''), SEQUENCE_MS)
      if (!act) return
      event.preventDefault()
      before = ''
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKey)
    }
  }, [keys])
}
