import { Button, Group, Text } from '@mantine/core'
import { IconBuildingStore } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient } from '~/api'
import { ConfirmModal, said, Section } from '~/ui'

/** A workspace full of invented people, to look around in before the own ones come. */
export function LoadDemo() {
  const t = useTranslations('overview')
  const load = useMutation(
    api.demo.store.mutationOptions({
      onSuccess: async ({ contacts, campaigns }) => {
        await queryClient.invalidateQueries()
        said(t('demo.loaded', { contacts, campaigns }))
      },
    })
  )
  return (
    <Section title={t('demo.title')}>
      <Group justify="space-between" gap="md">
        <Text size="sm" maw="36rem">
          {t('demo.text')}
        </Text>
        <Button
          variant="light"
          leftSection={<IconBuildingStore size={18} />}
          onClick={() => load.mutate({})}
          loading={load.isPending}
        >
          {t('demo.load')}
        </Button>
      </Group>
    </Section>
  )
}

export function RemoveDemo() {
  const t = useTranslations('overview')
  const [isOpen, setOpen] = useState(false)
  const remove = useMutation(
    api.demo.destroy.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queryClient.invalidateQueries()
        said(t('demo.removed'))
      },
    })
  )
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('demo.remove')}
      </Button>
      <ConfirmModal
        opened={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => remove.mutate({})}
        busy={remove.isPending}
        title={t('demo.removeTitle')}
        confirmLabel={t('demo.remove')}
        danger
      >
        {t('demo.removeText')}
      </ConfirmModal>
    </>
  )
}
