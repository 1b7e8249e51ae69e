/**
 * Content: source → edition → one person's copy. The same edition and the same merge values give the same bytes.
 * Owns: editions (content frozen at the moment of sending).
 */
export { compileEdition, mergeKeys } from './compile_edition.ts'
export type { CompiledEdition, EditionInput } from './edition.ts'
export { InvalidTemplate } from './errors.ts'
export { expandFeed, type FeedScope } from './expand_feed.ts'
export { escapeHtml } from './escape_html.ts'
export type { Link, Utm } from './link_register.ts'
export { freezeEdition, loadEdition } from './freeze_edition.ts'
export { mailHeaders } from './mail_headers.ts'
export { forEachCopy, renderCopy, resolveLink, sharedCopy, type Copy, type CopyUrls } from './render_copy.ts'
