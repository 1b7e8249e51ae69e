import { Skeleton, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { client } from '~/api'
import { ErrorPanel } from '~/ui'
import classes from './contacts.module.css'

/** The one rule, part by part, as the sender would judge it at this moment. */
export function VerdictRules({ contactId, topicId }: { contactId: string; topicId: string }) {
  const t = useTranslations('contacts')
  const verdict = useQuery({
    queryKey: [['contacts', 'check'], { request: { params: { id: contactId } }, topicId }],
    queryFn: () => client.api.consents.check({ body: { contact_id: Number(contactId), topic_id: Number(topicId) } }),
    staleTime: 0,
  })
  if (verdict.isError) return <ErrorPanel error={verdict.error} retry={verdict.refetch} />
  if (!verdict.data) return <Skeleton height={90} mt="sm" />
  const { may_receive: mayReceive, reasons } = verdict.data
  return (
    <div aria-live="polite">
      <Text fw={600} size="sm" mt="sm">
        {t(mayReceive ? 'consent.yesWeMay' : 'consent.noWeMayNot')}
      </Text>
      <ul className={classes.rules}>
        {reasons.map(({ rule, holds, detail }) => (
          <li key={rule}>
            {holds ? (
              <IconCircleCheck
                size={20}
                color="light-dark(var(--mantine-color-green-9), var(--mantine-color-green-4))"
                aria-label={t('consent.holds')}
              />
            ) : (
              <IconCircleX size={20} color="var(--mantine-color-error)" aria-label={t('consent.holdsNot')} />
            )}
            <span>{detail}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
