/**
 * Tracking: links, opens, clicks, and whether a human did it. What its doors acknowledged is stored.
 * Owns: links (the only addresses our redirect leads to), engagements (append-only but for their verdict, by month).
 */
export { forgetEngagements } from './forget_engagements.ts'
export { keptAgents, keptEngagements } from './kept.ts'
export { leaveByMail, readerOfSubject } from './leave_by_mail.ts'
export { inertUrls, readLeave, readReader, recipientUrls, type Reader } from './reader_urls.ts'
export { forgetLinks, nextLinkNo, registerLinks } from './register_links.ts'
export { verdictOf } from './verdict.ts'
