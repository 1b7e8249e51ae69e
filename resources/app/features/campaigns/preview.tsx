import { Alert, Box, Group, List, SegmentedControl, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSearchState } from '~/ui'
import { ContactPicker } from '../contacts/contact_picker'
import type { Person } from '../contacts/person'
import { campaignRoute } from './campaign'
import classes from './editor.module.css'
import { useLanguageName } from './language_name'
import type { DraftDesk } from './use_draft'
import { harmless, usePreview } from './use_preview'

const looks = ['desktop', 'phone', 'dark', 'text'] as const
type Look = (typeof looks)[number]

const GMAIL_SHOWS = 102 * 1024

/** What one reader gets, made by the server: drawn, on a phone, in the dark, as text. */
export function Preview({ campaignId, desk }: { campaignId: string; desk: DraftDesk }) {
  const t = useTranslations('campaigns.preview')
  const [search, setSearch] = useSearchState(campaignRoute)
  const [person, setPerson] = useState<Person | null>(null)
  const look = looks.find((known) => known === search.look) ?? 'desktop'
  const preview = usePreview(campaignId, desk.version)
  const isStale = preview.isStale || desk.state === 'dirty' || desk.state === 'saving'
  return (
    <Box
      component="section"
      className={`raised ${classes.preview}`}
      p={{ base: 'md', sm: 'lg' }}
      aria-labelledby="preview-title"
    >
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} id="preview-title">
          {t('title')}
        </Title>
        <SegmentedControl
          size="xs"
          value={look}
          onChange={(value) => setSearch({ look: value === 'desktop' ? undefined : value }, { replace: true })}
          aria-label={t('look')}
          data={looks.map((value) => ({ value, label: t(value) }))}
        />
      </Group>
      <Box mb="sm">
        <ContactPicker
          label={t('as')}
          value={person}
          onChange={(chosen) => {
            setPerson(chosen)
            setSearch({ as: chosen?.id }, { replace: true })
          }}
        />
      </Box>
      {preview.problem && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('cannot')} mb="sm" role="alert">
          {preview.problem.message}
        </Alert>
      )}
      {preview.data && <Seen mail={preview.data} look={look} isStale={isStale} />}
    </Box>
  )
}

interface SeenMail {
  from: string
  to: string
  subject: string
  /** Where there are several letters: which one this is. */
  language: string | null
  html: string
  text: string
  size_bytes: number
  links: unknown[]
  warnings: { message: string }[]
}

function Seen({ mail, look, isStale }: { mail: SeenMail; look: Look; isStale: boolean }) {
  const t = useTranslations('campaigns.preview')
  const nameOf = useLanguageName()
  const kilobytes = Math.ceil(mail.size_bytes / 1024)
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('from')}</dt>
        <dd>{mail.from}</dd>
        <dt>{t('to')}</dt>
        <dd>{mail.to}</dd>
        <dt>{t('subject')}</dt>
        <dd>
          <strong>{mail.subject || t('none')}</strong>
        </dd>
        {mail.language && (
          <>
            <dt>{t('language')}</dt>
            <dd>{nameOf(mail.language)}</dd>
          </>
        )}
      </dl>
      {mail.warnings.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} mb="sm" py="xs">
          <List size="sm" listStyleType="none">
            {mail.warnings.map(({ message }) => (
              <List.Item key={message}>{message}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Box
        className={`${classes.stage} ${isStale ? classes.stale : ''}`}
        tabIndex={0}
        role="group"
        aria-label={t('frame', { to: mail.to })}
      >
        {look === 'text' ? (
          <pre className={classes.text}>{mail.text}</pre>
        ) : (
          <iframe
            key={look}
            className={classes.mail}
            data-look={look}
            sandbox=""
            srcDoc={harmless(mail.html, { dark: look === 'dark' })}
            title={t('frame', { to: mail.to })}
          />
        )}
      </Box>
      <Text size="xs" c={mail.size_bytes >= GMAIL_SHOWS ? 'var(--mantine-color-error)' : 'dimmed'} mt="xs">
        {t(mail.size_bytes >= GMAIL_SHOWS ? 'tooLarge' : 'size', { kilobytes })} ·{' '}
        {t('links', { count: mail.links.length })} · {t('same')}
      </Text>
    </>
  )
}
