import { lazy, Suspense, useEffect, useState, type ComponentType } from 'react'

/**
 * A dialog whose code comes when it is first opened, so that no screen's first load carries what may never be asked for.
 *
 * @example
 * const TestModal = onDemand(() => import('./test_modal'), 'TestModal')
 */
export function onDemand<Name extends string, Props extends { opened: boolean }>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name
) {
  const Part = lazy(async () => ({ default: (await load())[name] as ComponentType<any> }))
  return function OnDemand(props: Props) {
    const [isWanted, want] = useState(props.opened)
    if (props.opened && !isWanted) want(true)
    return isWanted ? (
      <Suspense fallback={null}>
        <Opening part={Part} {...props} />
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
