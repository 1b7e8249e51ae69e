import { catalogueOf } from './rule/catalogue.ts'
import { namesFor } from './rule/names.ts'
import { readRule } from './rule/read_rule.ts'
import { sentenceOf } from './rule/sentence.ts'

/**
 * A rule as people say it: "People whose City is “Wien” and who have the tag “vip”."
 *
 * @throws InvalidRule (422) with the path of the leaf
 */
export async function describeRule(rule: unknown, workspaceId: number): Promise<string> {
  const node = readRule(rule, await catalogueOf(workspaceId))
  return sentenceOf(node, await namesFor(node, workspaceId))
}
