import { Loader, Skeleton, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { nameOf } from '~/features/contacts/person'
import { Counter, ErrorPanel, RowLink, Section } from '~/ui'
import classes from './segments.module.css'
import type { Preview } from './use_preview'

/** The number, the sentence and a few faces: what the rule means right now. */
export function PreviewPanel({ preview: { answer, isReady, isStale, failure } }: { preview: Preview }) {
  const t = useTranslations('segments')
  const { workspaceId = '' } = useParams({ strict: false })
  if (failure) return <ErrorPanel error={failure} retry={answer.refetch} />
  if (!answer.data) {
    return (
      <Section title={t('preview.title')}>
        {isReady ? <Skeleton height={90} /> : <Text size="sm">{t('preview.unfinished')}</Text>}
      </Section>
    )
  }
  const { count, sentence, sample } = answer.data
  return (
    <Section title={t('preview.title')}>
      <div aria-live="polite" aria-busy={isStale}>
        <Text fz="2rem" fw={650} lh={1.2} data-preview-count={isStale ? undefined : count}>
          <Counter value={count} />
        </Text>
        <Text size="sm" c="dimmed">
          {t('preview.people', { count })}{' '}
          {isStale && isReady && <Loader size={12} role="img" aria-label={t('preview.counting')} />}
        </Text>
        <Text size="sm" mt="sm" className="break">
          {sentence}
        </Text>
      </div>
      {!isReady && (
        <Text size="sm" mt="sm" c="dimmed">
          {t('preview.unfinished')}
        </Text>
      )}
      {sample.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="md" mb={4}>
            {t('preview.sample')}
          </Text>
          <ul className={classes.people}>
            {sample.map((contact) => (
              <li key={contact.id}>
                <RowLink to="/w/$workspaceId/contacts/$id" params={{ workspaceId, id: contact.id }}>
                  {nameOf(contact)}
                </RowLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
