import { Anchor, Progress, Table, Text } from '@mantine/core'
import { useFormatter, useTranslations } from 'use-intl'
import { Counter, Defined, Section } from '~/ui'

interface ClickedLink {
  no: number
  url: string
  label: string | null
  people: number
  clicks: number
  clicks_machine: number
}

/** Each link of the mail by how many people followed it. */
export function ClickedLinks({ links, clicked }: { links: ClickedLink[]; clicked: number }) {
  const t = useTranslations('reports.links')
  return (
    <Section title={t('title')} lead={t('lead')}>
      {links.length === 0 && <Text size="sm">{t('none')}</Text>}
      {links.length > 0 && (
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('link')}</Table.Th>
              <Table.Th scope="col" w="24%" visibleFrom="sm">
                {t('share')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t('people')}
              </Table.Th>
              <Table.Th scope="col" ta="right" visibleFrom="xs">
                {t('clicks')}
              </Table.Th>
              <Table.Th scope="col" ta="right" visibleFrom="sm">
                <Defined definition={t('machineMeans')}>{t('machine')}</Defined>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {links.map((link) => (
              <LinkRow key={link.no} link={link} clicked={clicked} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}

function LinkRow({ link, clicked }: { link: ClickedLink; clicked: number }) {
  const format = useFormatter()
  const share = clicked > 0 ? link.people / clicked : 0
  const percent = format.number(share, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600} className="break">
          {link.label || link.url}
        </Text>
        <Anchor href={link.url} target="_blank" rel="noreferrer" size="xs" className="break">
          {link.url.replace(/^https?:\/\//, '')}
        </Anchor>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Progress value={share * 100} aria-label={`${link.label || link.url}: ${percent}`} />
        <Text size="xs" c="dimmed" mt={2} className="tabular">
          {percent}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        <Counter value={link.people} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        <Counter value={link.clicks} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        <Counter value={link.clicks_machine} />
      </Table.Td>
    </Table.Tr>
  )
}
