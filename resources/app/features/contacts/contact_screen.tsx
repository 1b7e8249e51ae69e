import { Stack, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, later, Page, Section, useSearchState, Waiting } from '~/ui'
import { ConsentSection } from './consent_section'
import { ContactMenu } from './contact_menu'
import classes from './contacts.module.css'
import { nameOf } from './person'
import { Timeline } from './timeline'

const DetailsSection = later(() => import('./details_section'), 'DetailsSection', 12)
const MeasuringSection = later(() => import('./measuring_section'), 'MeasuringSection', 3)
const LedgerTable = later(() => import('./ledger_table'), 'LedgerTable', 2)

/** One person: may we write to them, who are they, and everything that happened. */
export function ContactScreen() {
  const t = useTranslations('contacts')
  const { workspaceId, id } = useParams({ from: '/w/$workspaceId/contacts/$id' })
  const [{ tab = 'timeline' }, setSearch] = useSearchState('/w/$workspaceId/contacts/$id')
  const contact = useQuery(api.contacts.show.queryOptions({ params: { id } }))
  const crumbs = [{ label: t('title'), to: addressOf(workspaceId, 'contacts') }]
  if (!contact.data) {
    return (
      <Page title={t('one')} crumbs={crumbs}>
        {contact.isError ? <ErrorPanel error={contact.error} retry={contact.refetch} /> : <Waiting />}
      </Page>
    )
  }
  const name = nameOf(contact.data)
  return (
    <Page
      title={name}
      lead={contact.data.email === name ? undefined : contact.data.email}
      crumbs={crumbs}
      actions={<ContactMenu contact={contact.data} />}
    >
      <div className={classes.layout}>
        <Stack gap={0}>
          <ConsentSection contact={contact.data} />
          <MeasuringSection contact={contact.data} />
          <Section title={t('history.title')}>
            <Tabs
              value={tab}
              onChange={(next) => setSearch({ tab: next === 'ledger' ? 'ledger' : undefined }, { replace: true })}
            >
              <Tabs.List mb="md">
                <Tabs.Tab value="timeline">{t('history.timeline')}</Tabs.Tab>
                <Tabs.Tab value="ledger">{t('history.ledger')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="timeline">
                <Timeline contactId={id} />
              </Tabs.Panel>
              <Tabs.Panel value="ledger">
                <LedgerTable contactId={id} name={name} />
              </Tabs.Panel>
            </Tabs>
          </Section>
        </Stack>
        <DetailsSection key={id} contact={contact.data} />
      </div>
    </Page>
  )
}
