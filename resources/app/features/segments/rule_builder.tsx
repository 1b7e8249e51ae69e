import { ActionIcon, Button, Group as Row, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { Catalogue } from './catalogue'
import { ConditionRow } from './condition_row'
import { changed, emptyGroup, newCondition, type Draft, type Group, type Match } from './rule'
import classes from './segments.module.css'

interface Props {
  root: Group
  onChange: (root: Group) => void
  catalogue: Catalogue
  /** By the key of the part that is wrong. */
  errors: Record<string, string>
}

/** A rule as groups of conditions: all, any or none of them must hold; groups may stand inside groups. */
export function RuleBuilder({ root, onChange, ...rest }: Props) {
  const replace = (key: string, next: Draft | null) =>
    onChange(key === root.key ? (next as Group) : changed(root, key, next))
  return <GroupBox group={root} depth={1} replace={replace} {...rest} />
}

const MAX_DEPTH = 5

function GroupBox({
  group,
  depth,
  replace,
  catalogue,
  errors,
  onRemove,
}: {
  group: Group
  depth: number
  replace: (key: string, next: Draft | null) => void
  onRemove?: () => void
} & Pick<Props, 'catalogue' | 'errors'>) {
  const t = useTranslations('segments')
  const error = errors[group.key]
  const add = (child: Draft) => replace(group.key, { ...group, children: [...group.children, child] })
  /** The focus must not fall out of the page with what is removed. */
  const remove = (key: string) => {
    replace(key, null)
    document.getElementById(addId(group))?.focus()
  }
  return (
    <div className={classes.group} data-depth={depth % 2} role="group" aria-label={t(`match.${group.match}`)}>
      <GroupHead group={group} onMatch={(match) => replace(group.key, { ...group, match })} onRemove={onRemove} />
      <Stack gap="xs" component="ul" className={classes.list}>
        {group.children.map((child, i) => (
          <li key={child.key}>
            {i > 0 && (
              <Text size="xs" fw={600} c="dimmed" className={classes.between}>
                {t(`between.${group.match}`)}
              </Text>
            )}
            {child.kind === 'group' ? (
              <GroupBox
                group={child}
                depth={depth + 1}
                replace={replace}
                catalogue={catalogue}
                errors={errors}
                onRemove={() => remove(child.key)}
              />
            ) : (
              <ConditionRow
                condition={child}
                catalogue={catalogue}
                error={errors[child.key]}
                onChange={(leaf) => replace(child.key, { ...child, leaf })}
                onRemove={() => remove(child.key)}
              />
            )}
          </li>
        ))}
      </Stack>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <Adders group={group} mayNest={depth < MAX_DEPTH} onAdd={add} />
    </div>
  )
}

function Adders({ group, mayNest, onAdd }: { group: Group; mayNest: boolean; onAdd: (child: Draft) => void }) {
  const t = useTranslations('segments')
  return (
    <Row gap="xs">
      <Button
        id={addId(group)}
        size="sm"
        variant="light"
        leftSection={<IconPlus size={16} />}
        onClick={() => onAdd(newCondition())}
      >
        {t('addCondition')}
      </Button>
      {mayNest && (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconFolderPlus size={16} />}
          onClick={() => onAdd(emptyGroup(group.match === 'any' ? 'all' : 'any', [newCondition()]))}
        >
          {t('addGroup')}
        </Button>
      )}
    </Row>
  )
}

const addId = ({ key }: Group) => `add-to-${key}`

function GroupHead({
  group,
  onMatch,
  onRemove,
}: {
  group: Group
  onMatch: (match: Match) => void
  onRemove?: () => void
}) {
  const t = useTranslations('segments')
  const id = useId()
  return (
    <Row justify="space-between" wrap="nowrap" align="flex-start">
      <Row gap="xs">
        <Text size="sm" id={id}>
          {t('matchBefore')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby={id}
          value={group.match}
          onChange={(match) => onMatch(match as Match)}
          data={(['all', 'any', 'none'] as const).map((match) => ({ value: match, label: t(`matchShort.${match}`) }))}
        />
        <Text size="sm">{t('ofThese')}</Text>
      </Row>
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={onRemove} aria-label={t('removeGroup')}>
          <IconX size={18} />
        </ActionIcon>
      )}
    </Row>
  )
}
