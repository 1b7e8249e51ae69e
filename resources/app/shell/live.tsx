import { Group, Text, Tooltip } from '@mantine/core'
import type { Transmit } from '@adonisjs/transmit-client'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { queryClient } from '~/api'
import { useWorkspace } from './me'
import { isStale } from './stale'

type State = 'connecting' | 'live' | 'polling'

const Live = createContext<State>('connecting')

const GATHER_MS = 300
const POLL_MS = 20_000
/** What changed so shortly before the line was there, the server names as soon as it is (app/platform/live_relay.ts). */
const TOLD_MS = 50_000
const RETRY_MS = [2_000, 5_000, 15_000, 60_000]

/**
 * What others change shows by itself: the server names stale answers (`contacts`, `contacts/12`), those on screen are
 * fetched again, at most a few times a second. While the line is down we ask every 20 seconds instead.
 */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const { id } = useWorkspace()
  const [state, setState] = useState<State>('connecting')
  useEffect(() => listen(id, setState), [id])
  useEffect(() => {
    if (state !== 'polling') return
    const timer = setInterval(
      () => document.visibilityState === 'visible' && void queryClient.invalidateQueries(),
      POLL_MS
    )
    return () => clearInterval(timer)
  }, [state])
  return <Live.Provider value={state}>{children}</Live.Provider>
}

/** Opens the line, again and again with growing pauses; answers with how to close it. */
function listen(workspaceId: string, tell: (state: State) => void): () => void {
  let line: Transmit | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const begun = performance.now()
  let isOver = false
  const stale = gather()
  const open = async () => {
    const { Transmit: Line } = await import('@adonisjs/transmit-client')
    if (isOver) return
    let source: EventSource | undefined
    const broken = () => {
      tell('polling')
      if (source?.readyState !== EventSource.CLOSED) return
      line?.close()
      clearTimeout(timer)
      timer = setTimeout(open, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)])
    }
    line = new Line({
      baseUrl: window.location.origin,
      maxReconnectAttempts: 0,
      eventSourceFactory: (url, options) => (source = new EventSource(url, options)),
      onReconnectAttempt: () => setTimeout(broken),
      onSubscription: () => {
        if (failures > 0 || performance.now() - begun > TOLD_MS) void queryClient.invalidateQueries()
        failures = 0
        tell('live')
      },
      onSubscribeFailed: () => tell('polling'),
    })
    const channel = line.subscription(`workspaces/${workspaceId}`)
    channel.onMessage(({ invalidate }: { invalidate: string[] }) => stale.add(invalidate))
    await channel.create()
  }
  void open()
  return () => {
    isOver = true
    clearTimeout(timer)
    stale.stop()
    line?.close()
  }
}

/** Many changes in a moment are one question. */
function gather() {
  const keys = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    add(more: string[]) {
      for (const key of more) keys.add(key)
      timer ??= setTimeout(() => {
        const named = [...keys]
        keys.clear()
        timer = undefined
        void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isStale(queryKey, named) })
      }, GATHER_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Shown only when it matters: while the line is up there is nothing to say. */
export function LiveState() {
  const t = useTranslations('shell')
  const state = useContext(Live)
  if (state !== 'polling') return null
  return (
    <Tooltip label={t('live.pollingWhy')}>
      <Group gap={8} px="sm" py={6} wrap="nowrap" tabIndex={0} role="status">
        <span aria-hidden style={{ width: 8, height: 8, borderRadius: 8, border: '2px solid currentColor' }} />
        <Text size="xs" c="dimmed">
          {t('live.polling')}
        </Text>
      </Group>
    </Tooltip>
  )
}
