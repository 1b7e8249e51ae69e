import { Skeleton } from '@mantine/core'
import { lazy, Suspense, type ComponentProps, type ComponentType } from 'react'

/**
 * A part of a screen whose code comes a moment after the rest, which is there sooner for it. Its place is held meanwhile.
 *
 * @example
 * const DetailsSection = later(() => import('./details_section'), 'DetailsSection', 480)
 */
export function later<Name extends string, File extends Record<Name, ComponentType<any>>>(
  load: () => Promise<File>,
  name: Name,
  height = 36
) {
  const Part = lazy(async () => ({ default: (await load())[name] as ComponentType<any> }))
  return function Later(props: ComponentProps<File[Name]>) {
    return (
      <Suspense fallback={height > 0 ? <Skeleton height={height} /> : null}>
        <Part {...props} />
      </Suspense>
    )
  }
}
