import { Box, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { LinkButton } from '~/ui'
import classes from './editor.module.css'
import { fieldOf, type Check } from './preflight'

const signs = {
  block: { icon: IconCircleX, color: 'var(--mantine-color-error)' },
  warn: { icon: IconAlertTriangle, color: 'light-dark(var(--mantine-color-yellow-9), var(--mantine-color-yellow-4))' },
  ok: { icon: IconCircleCheck, color: 'light-dark(var(--mantine-color-green-9), var(--mantine-color-green-4))' },
}

/** Checks that are put right elsewhere than in the campaign. */
const elsewhere: Partial<Record<string, string>> = {
  postal_address: 'settings/workspace',
  provider: 'settings/sending',
  domain: 'settings/domains',
  domain_watch: 'settings/domains',
  spf: 'settings/domains',
  dkim: 'settings/domains',
  dmarc: 'settings/domains',
  mx: 'settings/domains',
  tracking_host: 'settings/domains',
  tls: 'settings/domains',
}

export function CheckLine({ check, fix }: { check: Check; fix?: (check: Check) => void }) {
  const t = useTranslations('campaigns.review')
  const { id: workspaceId } = useWorkspace()
  const { icon: Sign, color } = signs[check.level]
  const place = elsewhere[check.id]
  const label = {
    'size': 'compact-sm',
    'variant': 'light',
    'aria-label': t('fixThing', { message: check.message }),
  } as const
  return (
    <li className={classes.check}>
      <Sign
        size={20}
        color={color}
        style={{ flex: 'none', marginTop: 2 }}
        aria-label={t(`levels.${check.level}`)}
        role="img"
      />
      <Box flex={1} miw={0}>
        <Text size="sm" className="break">
          {check.message}
        </Text>
        {check.fix && (
          <Text size="sm" c="dimmed" className="break">
            {check.fix}
          </Text>
        )}
      </Box>
      {check.level !== 'ok' && place && (
        <LinkButton to={addressOf(workspaceId, place)} {...label}>
          {t('fix')}
        </LinkButton>
      )}
      {check.level !== 'ok' && !place && fix && (fieldOf(check) || check.id === 'test') && (
        <Button onClick={() => fix(check)} {...label}>
          {t('fix')}
        </Button>
      )}
    </li>
  )
}
