import { Textarea, type TextareaProps } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { WordingPicker } from './wording_picker'

interface Props extends Omit<TextareaProps, 'value' | 'onChange'> {
  value?: string
  onChange: (text: string) => void
  /** Whether known wordings are offered above it: not where a new one is written. */
  offersKnown?: boolean
}

/** The words that people agree to: taken over from a known wording, or typed. At most 5,000 characters, as the API has it. */
export function StatementField({ offersKnown = false, value = '', onChange, ...field }: Props) {
  const t = useTranslations('wordings')
  return (
    <>
      {offersKnown && <WordingPicker text={value} onPick={onChange} />}
      <Textarea
        label={t('statement')}
        description={t('statementHint')}
        placeholder={t('statementPlaceholder')}
        autosize
        minRows={2}
        maxLength={5_000}
        required
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...field}
      />
    </>
  )
}
