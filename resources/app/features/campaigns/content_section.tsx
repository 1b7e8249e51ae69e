import { Button, SegmentedControl, Stack, Tabs, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmModal, Section } from '~/ui'
import type { Draft } from './campaign'
import { usePreview, useRefusal } from './use_preview'
import { SourceEditor } from './source_editor'
import type { DraftDesk } from './use_draft'

type Kind = Draft['content']['kind']
const kinds: Kind[] = ['markdown', 'html']

/** The mail itself and its plain-text part. A further kind of content brings its own editor here. */
export function ContentSection({ desk, campaignId }: { desk: DraftDesk; campaignId: string }) {
  const t = useTranslations('campaigns.content')
  const { values, set } = desk
  const { kind, source } = values.content
  const [wanted, setWanted] = useState<Kind | null>(null)
  const choose = (next: Kind) => {
    if (next === kind) return
    if (source.trim() === '') set({ content: { kind: next, source } })
    else setWanted(next)
  }
  return (
    <Section
      title={t('title')}
      actions={
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(value) => choose(value as Kind)}
          aria-label={t('kind')}
          data={kinds.map((value) => ({ value, label: t(value) }))}
        />
      }
    >
      <Tabs defaultValue="mail">
        <Tabs.List mb="md">
          <Tabs.Tab value="mail">{t('mail')}</Tabs.Tab>
          <Tabs.Tab value="text">{t('text')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="mail">
          <SourceEditor desk={desk} campaignId={campaignId} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <PlainText desk={desk} campaignId={campaignId} />
        </Tabs.Panel>
      </Tabs>
      <ConfirmModal
        opened={wanted !== null}
        onClose={() => setWanted(null)}
        onConfirm={() => {
          set({ content: { kind: wanted!, source } })
          setWanted(null)
        }}
        title={t('switchTitle')}
        confirmLabel={wanted ? t('switch', { kind: t(wanted) }) : ''}
      >
        {wanted && t('switchText', { kind: t(wanted) })}
      </ConfirmModal>
    </Section>
  )
}

/** Made by itself until somebody wants to write it. */
function PlainText({ desk, campaignId }: { desk: DraftDesk; campaignId: string }) {
  const t = useTranslations('campaigns.content')
  const { values, set, errors } = desk
  const preview = usePreview(campaignId, desk.version)
  const refusal = useRefusal(campaignId, desk.version)
  if (values.text === null) {
    return (
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {t('textAuto')}
        </Text>
        <Textarea
          aria-label={t('textLabel')}
          value={preview.data?.text ?? ''}
          readOnly
          autosize
          minRows={8}
          maxRows={24}
          w="100%"
          ff="monospace"
        />
        <Button variant="default" onClick={() => set({ text: preview.data?.text.split('\n-- \n')[0].trim() ?? '' })}>
          {t('textWrite')}
        </Button>
      </Stack>
    )
  }
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        {t('textOwn')}
      </Text>
      <Textarea
        id="field-text"
        aria-label={t('textLabel')}
        value={values.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        autosize
        minRows={8}
        maxRows={28}
        w="100%"
        error={errors.text ?? refusal('text')}
      />
      <Button variant="default" onClick={() => set({ text: null })}>
        {t('textReset')}
      </Button>
    </Stack>
  )
}
