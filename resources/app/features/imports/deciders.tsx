import { Button, Group, Select, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { ColumnMeanings } from './column_meanings'
import type { ImportRecord } from './import_record'
import classes from './imports.module.css'
import { freshDecider, type Decider, type Setup } from './setup'
import { TopicsSelect } from './topics_select'

interface Props {
  record: ImportRecord
  setup: Setup
  onChange: (part: Partial<Setup>) => void
  errors: Record<string, string>
}

/** Which columns say who agreed: one for all topics, or one for each. */
export function Deciders({ record, setup: { deciders }, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  const change = (at: number, part: Partial<Decider>) =>
    onChange({ deciders: deciders.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  return (
    <Stack gap="lg">
      {deciders.map((decider, i) => (
        <div key={i} className={deciders.length > 1 ? classes.decider : undefined} role="group">
          <Stack gap="md">
            <Select
              label={t('column')}
              description={t('columnHint')}
              placeholder={t('columnPlaceholder')}
              data={record.columns.map(({ name, says_agreement: says }) => ({
                value: name,
                label: says ? t('columnLooksSo', { column: name }) : name,
              }))}
              value={decider.column || null}
              onChange={(column) => column && change(i, { column, meanings: {} })}
              allowDeselect={false}
              searchable
              error={errors[`consent.decided_by.${i}.column`]}
              required
            />
            {decider.column && (
              <ColumnMeanings
                key={decider.column}
                importId={record.id}
                column={decider.column}
                meanings={decider.meanings}
                onChange={(meanings) => change(i, { meanings })}
                error={errors[`consent.decided_by.${i}.agreed`] ?? errors[`consent.decided_by.${i}.withdrawn`]}
              />
            )}
            <TopicsSelect
              value={decider.topic_ids}
              onChange={(ids) => change(i, { topic_ids: ids })}
              error={errors[`consent.decided_by.${i}.topic_ids`]}
            />
            {deciders.length > 1 && (
              <Group justify="flex-end">
                <Button
                  variant="subtle"
                  color="gray"
                  onClick={() => onChange({ deciders: deciders.filter((_, n) => n !== i) })}
                >
                  {t('withoutColumn')}
                </Button>
              </Group>
            )}
          </Stack>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          className={classes.another}
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onChange({ deciders: [...deciders, freshDecider(record.columns, deciders)] })}
        >
          {t('anotherColumn')}
        </Button>
      </div>
    </Stack>
  )
}
