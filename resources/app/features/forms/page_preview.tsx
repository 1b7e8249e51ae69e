import { Alert, Box, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { FormValues } from './form'
import classes from './forms.module.css'
import { seenIn, usePagePreview } from './use_page_preview'

/** The first of each is what one sees when the address says nothing. */
const choices = {
  step: ['form', 'thanks', 'mail', 'confirm', 'confirmed'],
  device: ['desktop', 'phone'],
  scheme: ['light', 'dark'],
} as const
const kinds = ['step', 'device', 'scheme'] as const
type Seen = { [Kind in keyof typeof choices]: (typeof choices)[Kind][number] }

const WIDTHS = { desktop: 1024, phone: 375 }

/** What visitors get, page by page and the mail between them, made by the server of what is typed at this moment. */
export function PagePreview({ values }: { values: FormValues }) {
  const t = useTranslations('forms.preview')
  const [seen, see] = useSeen()
  const preview = usePagePreview(values, seen.step)
  return (
    <Box
      component="section"
      className={`raised ${classes.preview}`}
      p={{ base: 'md', sm: 'lg' }}
      aria-labelledby="page-preview"
    >
      <Title order={2} id="page-preview" mb="xs">
        {t('title')}
      </Title>
      <Group gap="sm" mb="sm">
        {kinds.map((kind) => (
          <SegmentedControl
            key={kind}
            size="xs"
            value={seen[kind]}
            onChange={(value) => see({ [kind]: value === choices[kind][0] ? undefined : value })}
            aria-label={t(kind)}
            data={choices[kind].map((value) => ({ value, label: t(value) }))}
          />
        ))}
      </Group>
      {preview.problem && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} mb="sm" role="alert">
          {preview.problem.message}
        </Alert>
      )}
      <About values={values} step={seen.step} {...preview} />
      {preview.html && (
        <Stage html={seenIn(preview.html, seen.scheme)} width={WIDTHS[seen.device]} isStale={preview.isStale} />
      )}
      <Text size="xs" c="dimmed" mt="xs">
        {t('same')}
      </Text>
    </Box>
  )
}

/** What the picture alone does not tell: where people go on to, who is asked at all, what the inbox shows. */
function About({
  values,
  step,
  subject,
  from,
}: {
  values: FormValues
  step: Seen['step']
  subject?: string | null
  from?: string | null
}) {
  const t = useTranslations('forms.preview')
  const isByMail = step !== 'form' && step !== 'thanks'
  const said = [
    step === 'thanks' && values.success.redirect_url && t('redirect', { url: values.success.redirect_url }),
    isByMail && !values.double_opt_in && t('onlyFormer'),
    from && t('from', { from }),
    subject && t('subject', { subject }),
  ].filter(Boolean)
  return said.map((line) => (
    <Text key={String(line)} size="sm" mb="xs" className="break">
      {line}
    </Text>
  ))
}

/** Which page, where and how: in the address, of a form that exists and of a new one. */
function useSeen() {
  const search: Partial<Seen> = useSearch({ strict: false })
  const navigate = useNavigate()
  const see = (part: object) =>
    void navigate({
      to: '.',
      search: ((now: object) => ({ ...now, ...part })) as never,
      replace: true,
      resetScroll: false,
    })
  const { step = 'form', device = 'desktop', scheme = 'light' } = search
  return [{ step, device, scheme }, see] as const
}

/** As wide as the visitor's window, drawn smaller where there is less room. */
function Stage({ html, width, isStale }: { html: string; width: number; isStale: boolean }) {
  const t = useTranslations('forms.preview')
  const { ref, width: room } = useElementSize()
  const scale = room > 0 ? Math.min(1, room / width) : 1
  return (
    <div ref={ref} className={classes.stage} data-stale={isStale || undefined}>
      <div className={classes.window} style={{ width: width * scale }}>
        <iframe
          key={width}
          className={classes.page}
          sandbox=""
          srcDoc={html}
          title={t('frame')}
          style={{ width, height: `calc(var(--seen) / ${scale})`, transform: `scale(${scale})` }}
        />
      </div>
    </div>
  )
}
