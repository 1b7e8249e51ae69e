import type { Topic } from '../models/topic.ts'

/** A topic as API.md shows it. */
export const topicJson = (topic: Topic) => ({
  id: String(topic.id),
  name: topic.name,
  description: topic.description,
  public: topic.public,
  double_opt_in: topic.doubleOptIn,
  frequency_cap: topic.frequencyCap,
  sunset_days: topic.sunsetDays,
  created_at: topic.createdAt.toUTC().toISO()!,
  archived_at: topic.archivedAt?.toUTC().toISO() ?? null,
})
