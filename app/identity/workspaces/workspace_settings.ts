import type { Workspace } from '../models/workspace.ts'

export interface Tracking {
  opens: boolean
  clicks: boolean
}

/** What a new campaign of this workspace tracks unless it says otherwise. */
export const trackingOf = (workspace: Pick<Workspace, 'settings'>): Tracking => ({
  opens: true,
  clicks: true,
  ...workspace.settings?.tracking,
})

export const isTimezone = (name: string) => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

export const isLocale = (name: string) => {
  try {
    return Intl.getCanonicalLocales(name).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
