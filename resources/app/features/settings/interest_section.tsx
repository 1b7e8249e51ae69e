import { Alert, Stack, Switch, Text, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { WorkspaceForm } from './workspace_form'

/** Mail to people who never agreed: off, an owner's decision, and only with a word on where the interests were weighed. */
export function InterestSection({ form, isOwner }: { form: WorkspaceForm; isOwner: boolean }) {
  const t = useTranslations('settings.interest')
  const isOn = form.getValues().legitimate_interest_b2b.is_on
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack>
        <Switch
          label={t('on')}
          description={t('onHint')}
          disabled={!isOwner}
          {...form.getInputProps('legitimate_interest_b2b.is_on', { type: 'checkbox' })}
        />
        {!isOwner && (
          <Text size="sm" c="dimmed">
            {t('ownerOnly')}
          </Text>
        )}
        {isOn && (
          <>
            <Alert color="yellow" role="note" icon={<IconAlertTriangle aria-hidden />} title={t('riskTitle')}>
              {t('risk')}
            </Alert>
            <Textarea
              label={t('assessment')}
              description={t('assessmentHint')}
              required={isOwner}
              disabled={!isOwner}
              autosize
              minRows={2}
              maxLength={2_000}
              {...form.getInputProps('legitimate_interest_b2b.assessment')}
            />
          </>
        )}
      </Stack>
    </Section>
  )
}
