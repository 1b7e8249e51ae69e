import { Autocomplete, Button, CloseButton, Popover, Stack, Text } from '@mantine/core'
import { IconTag, IconTagOff, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SelectionBar } from '~/ui'
import { useTagNames } from './tag_names'
import { useBulk, type BulkFilter, type Chosen } from './use_bulk'

/** What can be done with those who are ticked. Comes up from below, where a thumb is. */
export function BulkBar({
  chosen,
  onChoose,
  filter,
  total,
  isMoreThanPage,
}: {
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
  filter: BulkFilter
  total?: { value: number; exact: boolean }
  isMoreThanPage: boolean
}) {
  const t = useTranslations('contacts')
  const nobody: Chosen = { people: [], isAll: false }
  const bulk = useBulk({ chosen, filter, onDone: () => onChoose(nobody) })
  if (chosen.people.length === 0) return null
  const count = chosen.isAll ? (total?.value ?? 0) : chosen.people.length
  return (
    <SelectionBar label={t('bulk.title')}>
      <Text size="sm" fw={600} aria-live="polite">
        {t('bulk.chosen', { count })}
      </Text>
      {isMoreThanPage && total && !chosen.isAll && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChoose({ ...chosen, isAll: true })}>
          {t('bulk.all', { count: total.value })}
        </Button>
      )}
      <TagButton
        icon={<IconTag size={16} />}
        label={t('bulk.addTag')}
        onTag={(tag) => bulk.run({ action: 'add_tag', tag })}
      />
      <TagButton
        icon={<IconTagOff size={16} />}
        label={t('bulk.removeTag')}
        onTag={(tag) => bulk.run({ action: 'remove_tag', tag })}
      />
      <Button
        size="sm"
        variant="light"
        color="red"
        leftSection={<IconTrash size={16} />}
        onClick={() => bulk.run({ action: 'delete' })}
      >
        {t('bulk.delete')}
      </Button>
      <CloseButton aria-label={t('bulk.clear')} onClick={() => onChoose(nobody)} />
    </SelectionBar>
  )
}

function TagButton({ icon, label, onTag }: { icon: React.ReactNode; label: string; onTag: (tag: string) => void }) {
  const t = useTranslations('contacts')
  const names = useTagNames()
  const [isOpen, setOpen] = useState(false)
  const [tag, setTag] = useState('')
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button size="sm" variant="light" leftSection={icon} onClick={() => setOpen(!isOpen)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (tag.trim()) onTag(tag.trim())
          }}
        >
          <Stack gap="sm">
            <Autocomplete
              label={t('bulk.whichTag')}
              data={names}
              value={tag}
              onChange={setTag}
              maxLength={60}
              data-autofocus
              comboboxProps={{ withinPortal: false }}
            />
            <Button type="submit" disabled={!tag.trim()}>
              {label}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
