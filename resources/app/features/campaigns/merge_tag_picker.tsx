import { ActionIcon, Button, Popover, Select, Stack, TextInput, Tooltip } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { mergeTag, useMergeTags, type MergeTag } from './merge_tags'

const groups: MergeTag['group'][] = ['person', 'own', 'other']

/** A button that inserts a value of the reader, with what stands there when it is not known. */
export function MergeTagPicker({
  onInsert,
  opened,
  onChange,
}: {
  onInsert: (tag: string) => void
  opened: boolean
  onChange: (opened: boolean) => void
}) {
  const t = useTranslations('campaigns.mergeTag')
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      trapFocus
      width={300}
      position="bottom-end"
      withArrow
      shadow="md"
      returnFocus
    >
      <Popover.Target>
        <Tooltip label={t('title')}>
          <ActionIcon variant="subtle" size="md" aria-label={t('title')} onClick={() => onChange(!opened)}>
            <IconBraces size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && (
          <Form
            onInsert={(tag) => {
              onChange(false)
              onInsert(tag)
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

function Form({ onInsert }: { onInsert: (tag: string) => void }) {
  const t = useTranslations('campaigns.mergeTag')
  const tags = useMergeTags()
  const [key, setKey] = useState('contact.first_name')
  const [fallback, setFallback] = useState('')
  const isPersonal = key.startsWith('contact.')
  const insert = () => onInsert(mergeTag(key, isPersonal ? fallback : ''))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        insert()
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('field')}
          data={groups.map((group) => ({
            group: t(group),
            items: tags.filter((tag) => tag.group === group).map(({ key: value, label }) => ({ value, label })),
          }))}
          value={key}
          onChange={(value) => value && setKey(value)}
          allowDeselect={false}
          searchable
          comboboxProps={{ withinPortal: false }}
          data-autofocus
        />
        {isPersonal && (
          <TextInput
            label={t('fallback')}
            description={t('fallbackHint')}
            placeholder={t('fallbackPlaceholder')}
            value={fallback}
            onChange={(event) => setFallback(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        <Button type="submit">{t('insert')}</Button>
      </Stack>
    </form>
  )
}
