import { lazy, Suspense, useEffect, useState, type ComponentType } from 'react'
import { orUnreachable } from '~/problem'
import { failed } from './toast'

/**
 * A dialog whose code comes when it is first opened, so that no screen's first load carries what may never be asked for.
 * When it cannot be fetched that is said, the screen and what is typed on it stay, and the next opening tries again.
 *
 * @example
 * const TestModal = onDemand(() => import('./test_modal'), 'TestModal')
 */
export function onDemand<Name extends string, Props extends { opened: boolean; onClose?: () => void }>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name
) {
  const fetched = () =>
    lazy(async () => {
      try {
        return { default: (await load())[name] as ComponentType<any> }
      } catch (error) {
        await orUnreachable(error).catch(failed)
        Part = fetched()
        return { default: ShutAgain }
      }
    })
  let Part = fetched()
  return function OnDemand(props: Props) {
    const [isWanted, want] = useState(props.opened)
    if (props.opened && !isWanted) want(true)
    return isWanted ? (
      <Suspense fallback={null}>
        <Opening part={Part} onMissing={() => want(false)} {...props} />
      </Suspense>
    ) : null
  }
}

/** There first, then opened: a dialog hands the focus back only to where it was when it saw itself open. */
function Opening({ part: Part, opened, ...props }: { part: ComponentType<any>; opened: boolean }) {
  const [isOpen, open] = useState(false)
  useEffect(() => open(opened), [opened])
  return <Part {...props} opened={isOpen} />
}

function ShutAgain({ onMissing, onClose }: { onMissing: () => void; onClose?: () => void }) {
  useEffect(() => {
    if (!onClose) return
    onMissing()
    onClose()
  }, [])
  return null
}
