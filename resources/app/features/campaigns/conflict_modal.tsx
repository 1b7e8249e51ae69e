import { Button, CopyButton, Modal, Stack, Text } from '@mantine/core'
import { useFormatter, useNow, useTranslations } from 'use-intl'
import type { DraftDesk } from './use_draft'

/** Two people wrote at once: who, when, in which fields, and the choice. */
export function ConflictModal({ desk, opened }: { desk: DraftDesk; opened: boolean }) {
  const t = useTranslations('campaigns')
  const common = useTranslations('common')
  const format = useFormatter()
  const now = useNow()
  const { conflict } = desk
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={<Text fw={650}>{t('conflict.title')}</Text>}
    >
      {conflict && (
        <Stack gap="md">
          <Text size="sm">
            {t('conflict.text', {
              who: conflict.who,
              when: format.relativeTime(new Date(conflict.when), now),
              fields: format.list(conflict.fields.map((field) => t(`fields.${field}`))),
            })}
          </Text>
          <Choice label={t('conflict.mine')} hint={t('conflict.mineHint')} onClick={desk.keepMine} />
          <Choice label={t('conflict.theirs')} hint={t('conflict.theirsHint')} onClick={desk.takeTheirs} />
          <CopyButton value={desk.values.content.source}>
            {({ copied, copy }) => (
              <Button variant="subtle" onClick={copy}>
                {copied ? common('copied') : t('conflict.copy')}
              </Button>
            )}
          </CopyButton>
        </Stack>
      )}
    </Modal>
  )
}

function Choice({ label, hint, onClick }: { label: string; hint: string; onClick: () => void }) {
  return (
    <div>
      <Button fullWidth variant="default" onClick={onClick}>
        {label}
      </Button>
      <Text size="xs" c="dimmed" mt={4}>
        {hint}
      </Text>
    </div>
  )
}
