import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { GridColumn } from './data_grid'

/** The last column of a table: what can be done with a row. */
export const actionsColumn = <Row,>(render: GridColumn<Row>['render'], width = 64): GridColumn<Row> => ({
  key: 'actions',
  title: '',
  width,
  align: 'right',
  render,
})

/** One thing that can be done with a row: `label` is its tip; `name` says which row, too, for those who hear it. */
export function RowButton({
  icon: Sign,
  label,
  name,
  onClick,
}: {
  icon: Icon
  label: string
  name: string
  onClick: () => void
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={name} onClick={onClick}>
        <Sign size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** Everything else that can be done with what is called `name`: `<Menu.Item>`s. `raised` beside the buttons of a page's head. */
export function MoreMenu({
  name,
  busy,
  raised,
  children,
}: {
  name: string
  busy?: boolean
  raised?: boolean
  children: ReactNode
}) {
  const common = useTranslations('common')
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          {...(raised ? { variant: 'default', size: 36 } : { variant: 'subtle', color: 'gray', size: 'lg' })}
          aria-label={common('actionsFor', { name })}
          loading={busy}
        >
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
