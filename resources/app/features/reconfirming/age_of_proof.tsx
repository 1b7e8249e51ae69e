import { Button, Group } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { NumberField, said } from '~/ui'

/** From what age on an agreement counts as weakly proven. */
export function AgeOfProof() {
  const t = useTranslations('reconfirming.proofs')
  const mayWrite = useMay()('settings:write')
  const workspace = useQuery(api.workspace.show.queryOptions())
  const kept = workspace.data?.proof.old_after_months ?? null
  const [typed, type] = useState<number | null | undefined>(undefined)
  const save = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: async () => {
        await refresh('workspace', 'reconfirmations')
        type(undefined)
        said(t('oldSaved'))
      },
    })
  )
  const months = typed === undefined ? kept : typed
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ body: { proof: { old_after_months: months } } })
      }}
    >
      <Group align="flex-end" gap="sm" mt="md">
        <NumberField
          label={t('old')}
          description={t('oldHint')}
          min={6}
          max={240}
          whole
          disabled={!mayWrite || !workspace.data}
          value={months}
          onChange={type}
          w={320}
          maw="100%"
        />
        {mayWrite && (
          <Button type="submit" variant="default" loading={save.isPending} disabled={months === kept}>
            {t('oldSave')}
          </Button>
        )}
      </Group>
    </form>
  )
}
