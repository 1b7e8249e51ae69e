import {
  IconAddressBook,
  IconChecklist,
  IconFilter,
  IconForms,
  IconInbox,
  IconLayoutDashboard,
  IconSend,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'

export interface Place {
  /** Below `/w/ID/`. */
  path: string
  label: 'overview' | 'contacts' | 'segments' | 'campaigns' | 'topics' | 'forms' | 'outbox' | 'settings'
  icon: Icon
  /** The second key after `g`. */
  key: string
}

export const places: Place[] = [
  { path: '', label: 'overview', icon: IconLayoutDashboard, key: 'o' },
  { path: 'contacts', label: 'contacts', icon: IconAddressBook, key: 'c' },
  { path: 'segments', label: 'segments', icon: IconFilter, key: 's' },
  { path: 'campaigns', label: 'campaigns', icon: IconSend, key: 'm' },
  { path: 'topics', label: 'topics', icon: IconChecklist, key: 't' },
  { path: 'forms', label: 'forms', icon: IconForms, key: 'f' },
  { path: 'outbox', label: 'outbox', icon: IconInbox, key: 'b' },
  { path: 'settings', label: 'settings', icon: IconSettings, key: ',' },
]

export const addressOf = (workspaceId: string, path: string) => `/w/${workspaceId}${path ? `/${path}` : ''}`
