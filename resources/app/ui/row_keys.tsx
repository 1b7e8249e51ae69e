import { Anchor } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import { forwardRef, useEffect, type ComponentPropsWithoutRef, type RefObject } from 'react'
import { isTyping } from './hotkeys'

const Named = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<'a'>>((props, ref) => (
  <Anchor
    ref={ref}
    data-row-link
    size="sm"
    fw={600}
    className="break"
    style={{ display: 'inline-block', minHeight: 24 }}
    {...props}
  />
))

/** The name of a row: a real link, so that it opens in a new tab, by keyboard, and preloads when one points at it. */
export const RowLink = createLink(Named)

/** J and K walk the rows of a list, X ticks the one with the focus; Enter follows its link by itself. */
export function useRowKeys(frame: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !frame.current) return
      const links = [...frame.current.querySelectorAll<HTMLElement>('[data-row-link]')]
      const at = links.indexOf(document.activeElement as HTMLElement)
      if (event.key === 'j' || event.key === 'k') {
        links[Math.max(0, Math.min(links.length - 1, at + (event.key === 'j' ? 1 : -1)))]?.focus()
      } else if (event.key === 'x' && at >= 0) {
        links[at].closest('tr')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [frame])
}
