import { Button, Group, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { ConfirmModal, Day, EmptyState, ErrorPanel, onDemand, Page, Section, TimeAgo, Waiting } from '~/ui'

const TokenModal = onDemand(() => import('./token_modal'), 'TokenModal')

/** Keys with which programs act in this workspace. */
export function TokensSettings() {
  const t = useTranslations('settings')
  const tokens = useQuery(api.tokens.index.queryOptions({ query: { limit: 100 } }))
  const [isOpen, setOpen] = useState(false)
  const [ending, setEnding] = useState<{ id: string; name: string } | null>(null)
  const revoke = useMutation(
    api.tokens.destroy.mutationOptions({
      onSuccess: () => {
        setEnding(null)
        return refresh('tokens')
      },
    })
  )
  const create = (
    <Button leftSection={<IconKey size={18} />} onClick={() => setOpen(true)}>
      {t('tokens.new')}
    </Button>
  )
  return (
    <Page title={t('parts.tokens')} lead={t('tokens.lead')} actions={create}>
      {tokens.isPending && <Waiting rows={3} />}
      {tokens.isError && <ErrorPanel error={tokens.error} retry={tokens.refetch} />}
      {tokens.data?.data.length === 0 && (
        <EmptyState icon={IconKey} title={t('tokens.empty')} action={create}>
          {t('tokens.emptyText')}
        </EmptyState>
      )}
      {tokens.data && tokens.data.data.length > 0 && (
        <Section title={t('tokens.inUse')}>
          {tokens.data.data.map((token) => (
            <TokenLine key={token.id} token={token} onRevoke={() => setEnding(token)} />
          ))}
        </Section>
      )}
      <TokenModal opened={isOpen} onClose={() => setOpen(false)} />
      <ConfirmModal
        opened={ending !== null}
        onClose={() => setEnding(null)}
        onConfirm={() => ending && revoke.mutate({ params: { id: ending.id } })}
        busy={revoke.isPending}
        title={t('tokens.revokeName', { name: ending?.name ?? '' })}
        confirmLabel={t('tokens.revoke')}
        danger
      >
        {t('tokens.revokeText')}
      </ConfirmModal>
    </Page>
  )
}

interface Token {
  id: string
  name: string
  scopes: string[]
  member: { name: string }
  last_used_at: string | null
  expires_at: string | null
}

function TokenLine({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const t = useTranslations('settings')
  return (
    <Group justify="space-between" align="flex-start" py="xs" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600} className="break">
          {token.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t('tokens.by', { name: token.member.name })} · {t('tokens.scopes', { n: token.scopes.length })} ·{' '}
          {t('tokens.lastUsed')} {token.last_used_at ? <TimeAgo value={token.last_used_at} /> : t('tokens.never')}
          {token.expires_at && (
            <>
              {' · '}
              {t('tokens.until')} <Day value={token.expires_at} />
            </>
          )}
        </Text>
      </div>
      <Button
        size="compact-sm"
        flex="none"
        variant="default"
        onClick={onRevoke}
        aria-label={t('tokens.revokeName', { name: token.name })}
      >
        {t('tokens.revoke')}
      </Button>
    </Group>
  )
}
