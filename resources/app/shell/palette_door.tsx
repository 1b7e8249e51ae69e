import { ActionIcon, Button, Kbd } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { orUnreachable } from '~/problem'
import { commandKey } from '~/ui/hotkeys'
import { failed } from '~/ui/toast'

const load = () => import('./palette')
const Palette = lazy(load)
const OPEN = 'assent:palette'

/** Ctrl/Cmd K, anywhere, also while writing. The palette itself comes after the first screen; from then on it keeps the keys. */
export function PaletteDoor() {
  const [isWanted, want] = useState(false)
  useEffect(() => {
    // what does not come now is asked for again when it is wanted
    const soon = setTimeout(() => load().catch(() => {}), 2_000)
    const open = () =>
      void load().then(
        () => want(true),
        (error) => orUnreachable(error).catch(failed)
      )
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.defaultPrevented) return
      event.preventDefault()
      open()
    }
    if (!isWanted) document.addEventListener('keydown', onKey)
    window.addEventListener(OPEN, open)
    return () => {
      clearTimeout(soon)
      document.removeEventListener('keydown', onKey)
      window.removeEventListener(OPEN, open)
    }
  }, [isWanted])
  return isWanted ? (
    <Suspense fallback={null}>
      <Palette />
    </Suspense>
  ) : null
}

export function PaletteButton() {
  const t = useTranslations('shell')
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        onClick={openPalette}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">{`${commandKey} K`}</Kbd>}
        fw={400}
      >
        {t('palette.button')}
      </Button>
      <ActionIcon
        hiddenFrom="sm"
        variant="subtle"
        color="gray"
        size={38}
        onClick={openPalette}
        aria-label={t('palette.button')}
      >
        <IconSearch size={20} />
      </ActionIcon>
    </>
  )
}

async function openPalette() {
  window.dispatchEvent(new Event(OPEN))
  // without a line there is none to open, and the door has said so
  const spotlight = await import('@mantine/spotlight').catch(() => null)
  spotlight?.openSpotlight()
}
