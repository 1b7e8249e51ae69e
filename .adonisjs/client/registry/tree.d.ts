/* eslint-disable prettier/prettier */
import type { routes } from './index.ts'

export interface ApiDefinition {
  topics: {
    index: typeof routes['topics.index']
    store: typeof routes['topics.store']
    update: typeof routes['topics.update']
    destroy: typeof routes['topics.destroy']
  }
}
