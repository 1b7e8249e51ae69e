import { TextInput } from '@mantine/core'
import classes from './color_field.module.css'

/** A colour as #rrggbb, to be picked or written. */
export function ColorField({
  pick,
  onPick,
  value = '',
  ...props
}: {
  label: string
  description: string
  /** What the picker is called for who does not see it. */
  pick: string
  value?: string
  onPick: (color: string) => void
} & Record<string, unknown>) {
  return (
    <TextInput
      maxLength={7}
      spellCheck={false}
      leftSectionPointerEvents="all"
      {...props}
      value={value}
      leftSection={
        <input
          type="color"
          className={classes.color}
          aria-label={pick}
          value={/^#[0-9a-f]{6}$/i.test(value) ? value : '#000000'}
          onChange={(event) => onPick(event.currentTarget.value)}
        />
      }
    />
  )
}
