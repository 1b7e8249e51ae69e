import type { ImportColumn } from './analyse_file.ts'
import { answerKey, LONGEST_ANSWER, MAX_ANSWERS, type Decider } from './answers.ts'
import { BadMapping } from './errors.ts'
import type { Target } from './suggest_mapping.ts'

export interface GivenDecider {
  column: string
  /** Absent: all topics of the consent block. */
  topic_ids?: string[]
  agreed?: string[]
  withdrawn?: string[]
}

/**
 * The columns that say who agreed, checked: each topic is decided by exactly one of them, no value means two things, and a
 * blank cell never means yes (silence is no agreement: GDPR recital 32).
 *
 * @throws BadMapping (422) naming the part, like `consent.decided_by.0.agreed`
 */
export function readDeciders(
  given: GivenDecider[],
  of: { topicIds: string[]; columns: ImportColumn[]; mapping: Record<string, Target> }
): Decider[] {
  const decided = new Set<string>()
  const deciders = given.map((one, i) => {
    const at = `consent.decided_by.${i}`
    const topicIds = [...new Set(one.topic_ids ?? of.topicIds)]
    refuseColumn(one.column, `${at}.column`, of)
    refuseTopics(topicIds, { at: `${at}.topic_ids`, decided, all: of.topicIds })
    return { column: one.column, topic_ids: topicIds, ...readValues(one, at) }
  })
  if (given.length > 0 && of.topicIds.some((id) => !decided.has(id))) {
    throw new BadMapping('Name for each topic the column that says who agreed to it, or leave the topic out.', {
      field: 'consent.decided_by',
    })
  }
  return deciders
}

function refuseColumn(
  column: string,
  field: string,
  { columns, mapping }: { columns: ImportColumn[]; mapping: Record<string, Target> }
) {
  if (!columns.some(({ name }) => name === column)) {
    throw new BadMapping(
      `This file has no column “${column}”. It has: ${columns.map(({ name }) => name).join(', ')}.`,
      { field }
    )
  }
  if (Object.hasOwn(mapping, column) && ['email', 'phone', 'external_id'].includes(mapping[column])) {
    throw new BadMapping(`“${column}” says who somebody is, not whether they agreed.`, { field })
  }
}

function refuseTopics(topicIds: string[], { at, decided, all }: { at: string; decided: Set<string>; all: string[] }) {
  if (topicIds.length === 0 || topicIds.some((id) => !all.includes(id))) {
    throw new BadMapping('Name topics that consent.topic_ids names, too.', { field: at })
  }
  if (topicIds.some((id) => decided.has(id))) {
    throw new BadMapping('Two columns cannot both say who agreed to the same topic.', { field: at })
  }
  for (const id of topicIds) decided.add(id)
}

function readValues({ agreed = [], withdrawn = [] }: GivenDecider, at: string) {
  const yes = [...new Set(agreed.map(answerKey))]
  const no = [...new Set(withdrawn.map(answerKey))]
  if (yes.includes('')) {
    throw new BadMapping('A blank cell says nothing, so it cannot mean that somebody agreed.', {
      field: `${at}.agreed`,
    })
  }
  const both = yes.find((value) => no.includes(value))
  if (both !== undefined) {
    throw new BadMapping(`“${both}” cannot mean both: that they agreed and that they said no.`, {
      field: `${at}.withdrawn`,
    })
  }
  if (yes.length + no.length === 0) {
    throw new BadMapping('Say which values mean that they agreed, and which that they said no.', {
      field: `${at}.agreed`,
    })
  }
  if (yes.length + no.length > MAX_ANSWERS || [...yes, ...no].some((value) => value.length > LONGEST_ANSWER)) {
    throw new BadMapping(
      `At most ${MAX_ANSWERS} values of up to ${LONGEST_ANSWER} characters can be decided about. A column with more answers no yes-or-no question.`,
      { field: `${at}.agreed` }
    )
  }
  return { agreed: yes, withdrawn: no }
}
