import { TextInput, type TextInputProps } from '@mantine/core'

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  value?: number | null
  onChange?: (value: number | null) => void
  min?: number
  max?: number
  whole?: boolean
}

/** A number, asked for by the browser itself: the kit's own control costs every screen 9 KB. Empty is null. */
export function NumberField({ value, onChange, min, max, whole = false, onBlur, ...rest }: Props) {
  return (
    <TextInput
      type="number"
      inputMode={whole ? 'numeric' : 'decimal'}
      step={whole ? 1 : 'any'}
      min={min}
      max={max}
      value={value ?? ''}
      onChange={({ currentTarget: { value: typed, valueAsNumber } }) => onChange?.(typed === '' ? null : valueAsNumber)}
      onBlur={(event) => {
        if (typeof value === 'number') onChange?.(within(whole ? Math.round(value) : value, min, max))
        onBlur?.(event)
      }}
      // turning the wheel is for the page, not for the number under the cursor
      onWheel={(event) => event.currentTarget.blur()}
      {...rest}
    />
  )
}

const within = (value: number, min = -Infinity, max = Infinity) => Math.min(max, Math.max(min, value))
