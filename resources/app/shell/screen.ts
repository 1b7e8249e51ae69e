import { lazyRouteComponent } from '@tanstack/react-router'
import { orUnreachable } from '~/problem'

/**
 * A screen whose code comes when it is gone to. When it cannot be fetched the router reloads the page, which is right after
 * a release that moved the files; without a line that would leave nothing but the browser's own error, so the line is
 * tried first.
 *
 * @example
 * component: screen(() => import('./topics_screen'), 'TopicsScreen')
 */
export const screen = <File extends Record<string, any>, Name extends keyof File>(
  load: () => Promise<File>,
  name: Name
) => lazyRouteComponent(() => load().catch(orUnreachable), name)
