import { useCallback, useEffect, useRef, useState } from 'react'
import { client, isSignedOut, noticeSignOut, queryClient } from '~/api'
import { fieldErrors, problemOf } from '~/problem'
import { campaignQuery, differences, draftOf, type Campaign, type Draft } from './campaign'
import { forgetWords, keepWords, keptWords } from './kept_words'

const PAUSE_MS = 900
const AGAIN_MS = 5_000

export type SaveState = 'saved' | 'dirty' | 'saving' | 'offline' | 'invalid' | 'conflict'

export interface Conflict {
  who: string
  when: string
  version: number
  fields: (keyof Draft)[]
}

export interface DraftDesk {
  values: Draft
  set: (part: Partial<Draft>) => void
  state: SaveState
  savedAt: Date | null
  /** What the server holds, which the preview and the review look at. */
  version: number
  errors: Record<string, string>
  conflict: Conflict | null
  wasRecovered: boolean
  /** Saves now, and says whether everything is on the server. */
  save: () => Promise<boolean>
  keepMine: () => void
  takeTheirs: () => void
}

/**
 * Writing that saves itself: a moment after the last key, one request at a time, only what changed, naming the version
 * that was seen. What is not on the server yet is kept in the browser. A colleague's newer version is taken over while
 * nothing is unsaved here; otherwise the server says so and the person chooses.
 */
export function useDraft(campaign: Campaign): DraftDesk {
  const { id } = campaign
  const [begun] = useState(() => keptWords(id))
  const [values, setValues] = useState<Draft>(() => ({ ...draftOf(campaign), ...begun?.changes }))
  const [state, setState] = useState<SaveState>(begun ? 'dirty' : 'saved')
  const [savedAt, setSavedAt] = useState<Date | null>(null)
  const [version, setVersion] = useState(campaign.version)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [conflict, setConflict] = useState<Conflict | null>(null)
  /** What the rest of the world knows; read by timers and answers that outlive a drawing. */
  const desk = useRef({
    values,
    base: draftOf(campaign),
    version: begun?.version ?? campaign.version,
    running: null as Promise<boolean> | null,
    isLeft: false,
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const send = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    const { values: sent, base, version: seen } = desk.current
    const changed = differences(sent, base)
    if (changed.length === 0) {
      forgetWords(id)
      setState('saved')
      setErrors({})
      return true
    }
    setState('saving')
    try {
      const body = { version: seen, ...Object.fromEntries(changed.map((field) => [field, sent[field]])) }
      const answer = (await client.api.campaigns.update({ params: { id }, body } as never)) as Campaign
      Object.assign(desk.current, { base: sent, version: answer.version })
      queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
      setVersion(answer.version)
      setSavedAt(new Date())
      setErrors({})
      setConflict(null)
      const isCurrent = differences(desk.current.values, sent).length === 0
      if (isCurrent) forgetWords(id)
      setState(isCurrent ? 'saved' : 'dirty')
      return isCurrent || send()
    } catch (error) {
      const { code, status, items } = problemOf(error)
      if (code === 'E_EDITED_MEANWHILE') {
        const {
          version: theirs,
          edited_by: who,
          edited_at: when,
        } = items[0] as unknown as { version: number; edited_by: string; edited_at: string }
        setConflict({ who, when, version: theirs, fields: changed })
        setState('conflict')
      } else if (!isSignedOut(error) && (status === 422 || status === 403 || status === 409)) {
        setErrors(fieldErrors(error))
        setState('invalid')
      } else {
        noticeSignOut(error)
        setState('offline')
        // Who has left the page finds the words when they come back; two desks would get into each other's way.
        if (!desk.current.isLeft) timer.current = setTimeout(() => void saveRef.current(), AGAIN_MS)
      }
      return false
    }
  }, [id])

  const save = useCallback((): Promise<boolean> => {
    desk.current.running ??= send().finally(() => (desk.current.running = null))
    return desk.current.running
  }, [send])
  const saveRef = useRef(save)
  saveRef.current = save

  const set = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...desk.current.values, ...part }
      desk.current.values = next
      setValues(next)
      const changed = differences(next, desk.current.base)
      keepWords(id, {
        version: desk.current.version,
        changes: Object.fromEntries(changed.map((field) => [field, next[field]])),
      })
      setState((now) => (now === 'conflict' ? now : 'dirty'))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void saveRef.current(), PAUSE_MS)
    },
    [id]
  )

  const adopt = useCallback((theirs: Campaign) => {
    Object.assign(desk.current, { values: draftOf(theirs), base: draftOf(theirs), version: theirs.version })
    setValues(draftOf(theirs))
    setVersion(theirs.version)
    setErrors({})
    setConflict(null)
    setState('saved')
    forgetWords(theirs.id)
  }, [])

  const keepMine = useCallback(async () => {
    const theirs = (await queryClient.fetchQuery({ ...campaignQuery(id), staleTime: 0 } as never)) as Campaign
    const mine = desk.current.values
    const fields = differences(mine, desk.current.base)
    const merged = { ...draftOf(theirs), ...Object.fromEntries(fields.map((field) => [field, mine[field]])) } as Draft
    Object.assign(desk.current, { values: merged, base: draftOf(theirs), version: theirs.version })
    setValues(merged)
    setConflict(null)
    await saveRef.current()
  }, [id])

  const takeTheirs = useCallback(async () => {
    adopt((await queryClient.fetchQuery({ ...campaignQuery(id), staleTime: 0 } as never)) as Campaign)
  }, [adopt, id])

  /** A newer version arrived, and nothing here is unsaved. */
  useEffect(() => {
    const isClean = differences(desk.current.values, desk.current.base).length === 0
    if (campaign.version > desk.current.version && isClean && !desk.current.running) adopt(campaign)
  }, [campaign, adopt])

  useEffect(() => {
    desk.current.isLeft = false
    if (begun) void saveRef.current()
    const onLine = () => void saveRef.current()
    window.addEventListener('online', onLine)
    return () => {
      window.removeEventListener('online', onLine)
      desk.current.isLeft = true
      clearTimeout(timer.current)
      void saveRef.current()
    }
  }, [begun])

  return {
    values,
    set,
    state,
    savedAt,
    version,
    errors,
    conflict,
    wasRecovered: begun !== null,
    save,
    keepMine,
    takeTheirs,
  }
}
