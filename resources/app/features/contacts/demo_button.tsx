import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, queryClient } from '~/api'
import { said } from '~/ui'

/** A small bakery to try everything with; it can be taken out again as a whole. */
export function DemoButton() {
  const t = useTranslations('contacts')
  const plant = useMutation(
    api.demo.store.mutationOptions({
      onSuccess: async () => {
        said(t('demoLoaded'))
        await queryClient.invalidateQueries()
      },
    })
  )
  return (
    <Button
      h="auto"
      mih={36}
      maw="100%"
      styles={{ label: { whiteSpace: 'normal' } }}
      variant="subtle"
      loading={plant.isPending}
      onClick={() => plant.mutate({})}
    >
      {t('loadDemo')}
    </Button>
  )
}
