import { lazy, Suspense, type ComponentProps, type ComponentType } from 'react'
import { Waiting } from './waiting'

/**
 * A part of a screen whose code comes a moment after the rest, which is there sooner for it. `rows` hold its place; with
 * none it is fetched only when it is first drawn, as a dialog is.
 *
 * @example
 * const DetailsSection = later(() => import('./details_section'), 'DetailsSection', 12)
 */
export function later<Name extends string, File extends Record<Name, ComponentType<any>>>(
  load: () => Promise<File>,
  name: Name,
  rows: number
) {
  // asked for beside its data, not after them
  const soon = rows > 0 ? load().catch(load) : null
  soon?.catch(() => {}) // whoever draws it hears of it
  const Part = lazy(async () => ({ default: (await (soon ?? load()))[name] as ComponentType<any> }))
  return function Later(props: ComponentProps<File[Name]>) {
    return (
      <Suspense fallback={rows > 0 ? <Waiting rows={rows} /> : null}>
        <Part {...props} />
      </Suspense>
    )
  }
}
