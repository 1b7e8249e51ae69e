import { configApp } from '@adonisjs/eslint-config'
import { moduleBoundaries } from './tests/support/module_boundaries.js'

export default configApp(
  { ignores: ['build/**', 'data/**', 'tmp/**', 'public/**', '.adonisjs/**', 'database/schema.ts'] },
  moduleBoundaries(),
  {
    files: ['app/**/*.ts', 'resources/**/*.{ts,tsx}', 'start/**/*.ts'],
    rules: {
      'max-lines': ['warn', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  /** Rows and JSON are snake_case, and destructuring them is clearer than renaming. */
  { rules: { '@unicorn/no-await-expression-member': 'off', '@typescript-eslint/naming-convention': 'off' } }
)
