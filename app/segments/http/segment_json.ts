import { InvalidRule } from '../errors.ts'
import type { Segment } from '../models/segment.ts'
import type { Rule } from '../rule/rule.ts'
import { describeRule } from '../describe_rule.ts'

/** A segment as API.md shows it. `problem` says why its rule no longer works (a field is gone); then there is no sentence. */
export async function segmentJson(segment: Segment) {
  const { sentence, problem } = await describe(segment)
  return {
    id: String(segment.id),
    name: segment.name,
    rule: segment.rule as Rule,
    sentence,
    problem,
    created_at: segment.createdAt.toUTC().toISO()!,
    updated_at: segment.updatedAt.toUTC().toISO()!,
  }
}

async function describe({ rule, workspaceId }: Segment): Promise<{ sentence: string | null; problem: string | null }> {
  try {
    return { sentence: await describeRule(rule, workspaceId), problem: null }
  } catch (error) {
    if (error instanceof InvalidRule) return { sentence: null, problem: error.message }
    throw error
  }
}
