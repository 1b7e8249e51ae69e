import { SegmentedControl, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { Section, useSearchState } from '~/ui'
import { campaignRoute, type Campaign } from './campaign'
import { useLanguageName } from './language_name'
import { preflightQuery } from './preflight'

/** Each reader gets one of these letters: which one is looked at and written, and how many get which. */
export function LetterLanguages({ campaign, version }: { campaign: Campaign; version: number }) {
  const t = useTranslations('reconfirming.languages')
  const format = useFormatter()
  const nameOf = useLanguageName()
  const [search, setSearch] = useSearchState(campaignRoute)
  const own = campaign.language!
  const languages = [own, ...Object.keys(campaign.letters)]
  const read = useQuery({ ...preflightQuery(campaign.id, version), placeholderData: keepPreviousData }).data?.audience
    .languages
  return (
    <Section title={t('title')} lead={t('lead', { own: nameOf(own) })}>
      <SegmentedControl
        fullWidth
        aria-label={t('title')}
        value={languages.find((language) => language === search.lang) ?? own}
        onChange={(language) => setSearch({ lang: language === own ? undefined : language }, { replace: true })}
        data={languages.map((value) => ({ value, label: nameOf(value) }))}
      />
      {read && (
        <Text size="sm" mt="xs" role="status">
          {format.list(
            languages.map((language) => t('read', { language: nameOf(language), people: read[language] ?? 0 }))
          )}
        </Text>
      )}
    </Section>
  )
}
