import { TagsInput, type TagsInputProps } from '@mantine/core'
import { useTagNames } from './tag_names'

/** Tags are made by being used: those of the workspace are offered, a new word is as good. */
export function TagsField(props: TagsInputProps) {
  return <TagsInput data={useTagNames()} splitChars={[',', ';']} maxTags={100} acceptValueOnBlur {...props} />
}
