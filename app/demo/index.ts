/**
 * Demo: the Blue Door Bakery, planted and removed in one click each (docs/decisions/0003-demo-module.md).
 * Owns nothing; writes rows marked `demo` into others' tables, and removes exactly those.
 */
export { plantDemo } from './plant_demo.ts'
export { removeDemo } from './remove_demo.ts'
