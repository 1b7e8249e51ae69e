import type { Linter } from 'eslint'

export function moduleBoundaries(): Linter.Config
