import type { ReturnWay } from '#channels'
import { markOfTags } from '../feedback/bounces/mail_mark.ts'

/** A mail that we send by SMTP carries its mark, so that a report about it is known as ours. */
export const returnWay: ReturnWay = async ({ tags }) => {
  const mark = markOfTags(tags)
  return mark === null ? null : { mark, address: null }
}
