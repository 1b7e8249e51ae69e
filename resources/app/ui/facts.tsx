import { Box, type MantineSpacing } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './facts.module.css'

/** What is known of one thing: pairs of `<dt>` and `<dd>`, beside each other where there is room. */
export function Facts({ mt, children }: { mt?: MantineSpacing; children: ReactNode }) {
  return (
    <Box component="dl" className={classes.facts} mt={mt}>
      {children}
    </Box>
  )
}
