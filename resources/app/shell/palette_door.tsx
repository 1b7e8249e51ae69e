import { ActionIcon, Button, Kbd } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { commandKey } from '~/ui/hotkeys'

const load = () => import('./palette')
const Palette = lazy(load)
const OPEN = 'assent:palette'

/** Ctrl/Cmd K, anywhere, also while writing. The palette itself comes after the first screen; from then on it keeps the keys. */
export function PaletteDoor() {
  const [isWanted, want] = useState(false)
  useEffect(() => {
    const soon = setTimeout(load, 2_000)
    const open = () => want(true)
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.defaultPrevented) return
      event.preventDefault()
      want(true)
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
  const { openSpotlight } = await import('@mantine/spotlight')
  openSpotlight()
}
