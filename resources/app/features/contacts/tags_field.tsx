import { TagsInput, type TagsInputProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '~/api'

export function useTagNames(): string[] {
  const tags = useQuery(api.tags.index.queryOptions({ query: { limit: 100 } }))
  return (tags.data?.data ?? []).map(({ name }) => name)
}

/** Tags are made by being used: those of the workspace are offered, a new word is as good. */
export function TagsField(props: TagsInputProps) {
  return <TagsInput data={useTagNames()} splitChars={[',', ';']} maxTags={100} acceptValueOnBlur {...props} />
}
