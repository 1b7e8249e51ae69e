import { List, Modal, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { Copyable, ErrorPanel, Waiting } from '~/ui'
import type { StoredForm } from './form'

/** The form to be pasted into another page, with or without the script that lets it answer in its place. */
export function EmbedModal({ form, opened, onClose }: { form: StoredForm; opened: boolean; onClose: () => void }) {
  const t = useTranslations('forms.embed')
  const [hasScript, withScript] = useState(true)
  const embed = useQuery({
    ...api.forms.embed.queryOptions({ params: { id: form.id } }),
    enabled: opened,
    staleTime: 0,
  })
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={<Text fw={650}>{t('title', { name: form.name })}</Text>}>
      <Stack gap="md">
        <Text size="sm">{t('lead')}</Text>
        <Switch
          label={t('script')}
          description={t('scriptHint')}
          checked={hasScript}
          onChange={(event) => withScript(event.currentTarget.checked)}
        />
        {hasScript && (
          <Text size="sm" c={form.origins.length === 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
            {form.origins.length === 0 ? t('noOrigins') : t('origins', { origins: form.origins.join(', ') })}
          </Text>
        )}
        {embed.isPending && <Waiting rows={4} />}
        {embed.isError && <ErrorPanel error={embed.error} retry={embed.refetch} />}
        {embed.data && (
          <Copyable
            label={t('snippet')}
            value={hasScript ? `${embed.data.html}\n${embed.data.script}` : embed.data.html}
          />
        )}
        <List size="sm" spacing={4}>
          <List.Item>{t('old')}</List.Item>
          <List.Item>{t('looks')}</List.Item>
          {!form.is_open && <List.Item>{t('closed')}</List.Item>}
        </List>
      </Stack>
    </Modal>
  )
}
