import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * After a change of address the focus goes to the new screen's heading, as a page load would: who listens hears where they
 * are, who uses the keyboard goes on from there. A change of filter or page leaves it where it is.
 */
export function FocusKeeper() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return
        requestAnimationFrame(() => {
          const active = document.activeElement
          if (active?.closest('[data-page-content]') && active.hasAttribute('data-autofocus')) return
          const heading = document.querySelector<HTMLElement>('[data-page-title]') ?? document.getElementById('content')
          heading?.focus({ preventScroll: true })
        })
      }),
    [router]
  )
  return null
}
