import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './selection_bar.module.css'

/** What can be done with the rows that are ticked; it stays in sight below the table. */
export function SelectionBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group className={classes.bar} gap="xs" role="region" aria-label={label} data-bar>
      {children}
    </Group>
  )
}
