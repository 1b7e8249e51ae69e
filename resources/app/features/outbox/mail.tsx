import { Box, Button, Group, Table, Tabs, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { DateTime, ErrorPanel, Waiting } from '~/ui'
import classes from './outbox.module.css'

/** One mail as it would arrive: drawn, as text, and with the headers that matter for one-click unsubscribing. */
export function Mail({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useTranslations('outbox')
  const common = useTranslations('common')
  const mail = useQuery(api.outbox.show.queryOptions({ params: { id } }, { staleTime: Infinity }))
  return (
    <Box className="raised" p="md">
      <Button hiddenFrom="md" variant="subtle" mb="sm" leftSection={<IconArrowLeft size={18} />} onClick={onBack}>
        {common('back')}
      </Button>
      {mail.isPending && <Waiting />}
      {mail.isError && <ErrorPanel error={mail.error} retry={mail.refetch} />}
      {mail.data && (
        <>
          <Title order={2} className="break">
            {mail.data.subject}
          </Title>
          <Group gap="xs" mt={4} mb="md">
            <Text size="sm" c="dimmed" className="break">
              {t('fromTo', { from: mail.data.from, to: mail.data.to })}
            </Text>
            <Text size="sm" c="dimmed">
              <DateTime value={mail.data.created_at} />
            </Text>
          </Group>
          <Tabs defaultValue="html">
            <Tabs.List mb="md">
              <Tabs.Tab value="html">{t('drawn')}</Tabs.Tab>
              <Tabs.Tab value="text">{t('text')}</Tabs.Tab>
              <Tabs.Tab value="headers">{t('headers')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="html">
              <Drawn html={mail.data.html ?? ''} title={mail.data.subject} />
            </Tabs.Panel>
            <Tabs.Panel value="text">
              <Text component="pre" size="sm" className="break" style={{ whiteSpace: 'pre-wrap' }} m={0}>
                {mail.data.text}
              </Text>
            </Tabs.Panel>
            <Tabs.Panel value="headers">
              <Facts
                facts={{
                  ...mail.data.headers,
                  ...Object.fromEntries(
                    Object.entries(mail.data.tags).map(([key, value]) => [`${t('tag')} ${key}`, value])
                  ),
                }}
              />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </Box>
  )
}

/** No scripts, no forms, no way out of the frame; links open in a new tab. */
function Drawn({ html, title }: { html: string; title: string }) {
  const page = html.replace(/<head([^>]*)>/i, '<head$1><base target="_blank">')
  return (
    <iframe
      className={classes.paper}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={page}
      title={title}
    />
  )
}

function Facts({ facts }: { facts: Record<string, string> }) {
  const t = useTranslations('outbox')
  const entries = Object.entries(facts)
  if (entries.length === 0) return <Text size="sm">{t('noHeaders')}</Text>
  return (
    <Table>
      <Table.Tbody>
        {entries.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w="12rem" className="break">
              {name}
            </Table.Th>
            <Table.Td className="break">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
