import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { LinkButton } from '~/ui'
import { CancelButton, ReviseButton, useBrakes } from './brakes'
import { stopOf, type Campaign, type Progress, type Question } from './campaign'
import classes from './editor.module.css'

const fixes = ['no_provider', 'credentials', 'domain', 'request', 'everyone_refused', 'blocked', 'in_doubt'] as const

/** It stopped by itself: why, and what a person can do about it. */
export function Stopped({ campaign, progress }: { campaign: Campaign; progress: Progress }) {
  const { word, note, question } = stopOf(campaign)
  if (question) return <Asked question={question} note={note} id={campaign.id} queued={progress.queued} />
  return <ToMend word={word} note={note} />
}

/** Something outside must be mended first: `credentials: The API key is invalid` is a word of ours, then the provider's. */
function ToMend({ word, note }: { word: string; note: string }) {
  const t = useTranslations('campaigns.live')
  const { id: workspaceId } = useWorkspace()
  const known = fixes.find((fix) => fix === word)
  return (
    <Frame title={t('stopped')}>
      {known && <Text size="sm">{t(`fixes.${known}`)}</Text>}
      <Text size="sm" mt={4} className="break">
        {known ? t('what', { note }) : [word, note].filter(Boolean).join(': ')}
      </Text>
      <Group mt="sm">
        <LinkButton size="xs" variant="outline" color="red" to={addressOf(workspaceId, 'settings/sending')}>
          {t('settings')}
        </LinkButton>
      </Group>
    </Frame>
  )
}

/** Nothing is broken, but whether it should go on only a person can say: two ways out, each with what it does. */
function Asked({ question, note, id, queued }: { question: Question; note: string; id: string; queued: number }) {
  const t = useTranslations('campaigns.stop')
  const maySend = useMay()('campaigns:send')
  const { resume } = useBrakes(id)
  return (
    <Frame title={t(`${question}.title`)}>
      <Text size="sm" className="break">
        {note}
      </Text>
      <Text size="sm" mt={4}>
        {t(`${question}.text`)}
      </Text>
      {maySend ? (
        <div className={classes.ways}>
          <Way what={t(`${question}.resumeText`, { count: queued })}>
            <Button
              leftSection={<IconPlayerPlay size={18} aria-hidden />}
              onClick={() => resume.mutate({ params: { id } })}
              loading={resume.isPending}
            >
              {t(`${question}.resume`)}
            </Button>
          </Way>
          {question === 'first_wave' && (
            <Way what={t('first_wave.reviseText')}>
              <ReviseButton />
            </Way>
          )}
          <Way what={t(`${question}.cancelText`, { count: queued })}>
            <CancelButton id={id} queued={queued} />
          </Way>
        </div>
      ) : (
        <Text size="sm" mt={4}>
          {t('mayNot')}
        </Text>
      )}
    </Frame>
  )
}

function Way({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div>
      {children}
      <Text size="sm" mt={6}>
        {what}
      </Text>
    </div>
  )
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title} mb="lg" role="alert">
      {children}
    </Alert>
  )
}
