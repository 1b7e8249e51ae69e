import { ActionIcon, Group, Select, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { leafAbout, subjectOf, type Catalogue } from './catalogue'
import { FieldCondition } from './field_condition'
import { ConsentCondition, EventCondition, SegmentCondition, TagCondition } from './other_conditions'
import { eventNames, type Condition, type Leaf } from './rule'
import classes from './segments.module.css'

/** One condition, read from left to right: what to look at, how, and for what. */
export function ConditionRow({
  condition,
  catalogue,
  error,
  onChange,
  onRemove,
}: {
  condition: Condition
  catalogue: Catalogue
  error?: string
  onChange: (leaf: Leaf) => void
  onRemove: () => void
}) {
  const t = useTranslations('segments')
  const errorId = useId()
  const { leaf } = condition
  return (
    <div
      className={classes.condition}
      role="group"
      aria-label={t('condition')}
      aria-describedby={error ? errorId : undefined}
      data-wrong={error ? true : undefined}
      data-part={condition.key}
    >
      <Group gap="xs" align="flex-start" className={classes.controls}>
        <Select
          aria-label={t('subject')}
          placeholder={t('subjectPlaceholder')}
          data={useSubjects(catalogue)}
          value={subjectOf(leaf)}
          onChange={(subject) => subject && onChange(leafAbout(subject, catalogue))}
          searchable
          autoFocus={condition.isFresh && leaf === null}
          allowDeselect={false}
          nothingFoundMessage={t('noSuchSubject')}
          maxDropdownHeight={320}
          className={classes.subject}
        />
        {leaf && <LeafControls leaf={leaf} catalogue={catalogue} onChange={onChange} />}
      </Group>
      <ActionIcon variant="subtle" color="gray" size="lg" onClick={onRemove} aria-label={t('removeCondition')}>
        <IconX size={18} />
      </ActionIcon>
      {error && (
        <Text id={errorId} size="sm" c="var(--mantine-color-error)" role="alert" className={classes.wrong}>
          {error}
        </Text>
      )}
    </div>
  )
}

function LeafControls({ leaf, ...rest }: { leaf: Leaf; catalogue: Catalogue; onChange: (leaf: Leaf) => void }) {
  if ('tag' in leaf) return <TagCondition leaf={leaf} {...rest} />
  if ('event' in leaf) return <EventCondition leaf={leaf} {...rest} />
  if ('consent' in leaf) return <ConsentCondition leaf={leaf} {...rest} />
  if ('segment_id' in leaf) return <SegmentCondition leaf={leaf} {...rest} />
  return <FieldCondition leaf={leaf} {...rest} />
}

function useSubjects({ fields }: Catalogue) {
  const t = useTranslations('segments')
  return [
    {
      group: t('groups.did'),
      items: eventNames.map((event) => ({ value: `event:${event}`, label: t(`event.${event}`) })),
    },
    {
      group: t('groups.known'),
      items: [
        { value: 'consent', label: t('consent') },
        { value: 'tag', label: t('tag') },
        { value: 'segment', label: t('segment') },
      ],
    },
    { group: t('groups.fields'), items: fields.map(({ name, label }) => ({ value: `field:${name}`, label })) },
  ]
}
