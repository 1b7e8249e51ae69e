import type { Wording } from '../wordings.ts'

/** A version of a wording as API.md shows it. */
export const wordingJson = (wording: Wording) => ({
  id: String(wording.id),
  version: wording.version,
  text: wording.text,
  language: wording.language,
  shown: wording.shown,
  origin: wording.origin,
  by: wording.actorLabel,
  created_at: wording.createdAt.toISOString(),
})
