/**
 * Segments: ways to pick people. A rule becomes SQL, a sentence and an explanation, all from one reading of it.
 * Owns: segments. Reads, by SELECT only, messages (delivery), engagements (tracking) and names of campaigns.
 */
export { compileRule } from './compile_rule.ts'
export { describeRule } from './describe_rule.ts'
export { explainRule, type Explanation } from './explain_rule.ts'
export { InvalidRule, UnknownAudience } from './errors.ts'
export { peopleIn, type Audience } from './people_in.ts'
export { previewRule } from './preview_rule.ts'
export { saveSegment } from './save_segment.ts'
export { Segment } from './models/segment.ts'
export type { Rule } from './rule/rule.ts'
export { whoUsesSegments, type SegmentUse } from './segment_uses.ts'
