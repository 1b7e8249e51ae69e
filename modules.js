/**
 * The modules in reading order: the only architecture rule. A module may use those above it, never those below,
 * and only through the face (`#campaigns` is app/campaigns/index.ts). ESLint derives its rule from this array;
 * `docs/architecture.md` tells what each one promises.
 */
export const modules = [
  'platform', //     no domain words: announce, insert_from, tokens, keyset pages, clock, problem answers, leases
  'channels', //     how bytes leave
  'identity', //     workspaces, people who work here, roles, sessions, tokens, audit
  'consent', //      may we write to this person?
  'contacts', //     the people we may know
  'segments', //     ways to pick people
  'content', //      source → edition → one person's copy
  'tracking', //     links, opens, clicks, and whether a human did it
  'delivery', //     every message that leaves, and what became of it
  'forms', //        unsubscribe and preference pages; later sign-up forms and double opt-in
  'compliance', //   review of a draft: findings that block or warn
  'campaigns', //    write once, send once
  'reporting', //    read-only answers
  'demo', //         the Blue Door Bakery, planted and removed
  'backup', //       the whole installation in one file, and back
]
