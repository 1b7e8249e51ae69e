import db from '@adonisjs/lucid/services/db'
import type { Draft } from '#compliance'
import { expandFeed, InvalidTemplate, type FeedScope } from '#content'
import type { Workspace } from '#identity'
import { draftOf } from '../../draft_of.ts'
import { copyWith, inLanguage, type Words } from '../../letters.ts'
import type { Campaign } from '../../models/campaign.ts'
import { withAnswerDay } from '../../reconfirming/letter.ts'
import { RecurringCampaign } from '../../models/recurring_campaign.ts'
import type { Feed, FeedItem } from './read_feed.ts'
import { newItems } from './new_items.ts'

/** The words of a letter with what the feed holds in them. @throws InvalidTemplate */
export function withFeed(
  { subject, preheader, content, text }: Words,
  { feed, workspace }: { feed: FeedScope; workspace: Workspace }
): Words {
  const manner = { timezone: workspace.timezone, locale: workspace.locale }
  const expand = (source: string, medium: 'markdown' | 'html' | 'text', field: string) =>
    expandFeed(source, { feed, medium, field, manner, time: new Date() })
  return {
    subject: expand(subject, 'text', 'subject').slice(0, 500),
    preheader: expand(preheader, 'text', 'preheader').slice(0, 500),
    content: { ...content, source: expand(content.source, content.kind, 'content.source') },
    text: text === null ? null : expand(text, 'text', 'text'),
  }
}

export const feedScope = ({ feed, feedMost }: RecurringCampaign, items: FeedItem[]): FeedScope => {
  const { title, url } = feed as Feed
  return { title, url, items: items.slice(0, feedMost).map(({ key, likeness, ...item }) => item) }
}

/** A campaign in the words of the review, which says itself what is wrong with a part about the feed. */
export async function draftAsItWouldBe(campaign: Campaign, workspace: Workspace): Promise<Draft> {
  try {
    const asked = await withAnswerDay(campaign, { workspace, client: db.connection() })
    if (asked) {
      const draft = draftOf(copyWith(campaign, asked.words), { asksUntil: asked.day })
      const languages = Object.keys(campaign.letters)
      return {
        ...draft,
        letters: await Promise.all(
          languages.map((language) => draftAsItWouldBe(inLanguage(campaign, language), workspace))
        ),
      }
    }
    return draftOf(await asItWouldBe(campaign, workspace))
  } catch (error) {
    if (!(error instanceof InvalidTemplate)) throw error
    return { ...draftOf(campaign), problem: error }
  }
}

/**
 * A campaign as it would be sent. The letter of one that recurs over a feed is looked at with what the feed holds now:
 * what is new, else what it has. A question says until when it waits.
 */
export async function asItWouldBe(campaign: Campaign, workspace: Workspace): Promise<Campaign> {
  const asked = await withAnswerDay(campaign, { workspace, client: db.connection() })
  if (asked) return copyWith(campaign, asked.words)
  if (!campaign.isModel) return campaign
  const recurring = await RecurringCampaign.of(workspace).findOrFail(campaign.recurringId!)
  if (!recurring.feed) return campaign
  const fresh = await newItems(recurring, db.connection())
  const items = fresh.length > 0 ? fresh : (recurring.feed as Feed).items
  return copyWith(campaign, withFeed(campaign, { feed: feedScope(recurring, items), workspace }))
}
