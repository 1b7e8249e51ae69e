/**
 * The headers that let a mailbox unsubscribe for the reader and tell our mail apart: RFC 8058 (exactly these two; `leaveBy`
 * is the way by mail, up to the token with which the address of the page ends: RFC 2369 §3.2 takes the first that it knows),
 * RFC 2919 (List-Id), Google 6254652 (Feedback-ID: campaign, topic, workspace, sender; never unique per mail).
 */
export function mailHeaders({
  unsubscribeUrl,
  leaveBy = null,
  workspaceId,
  topic,
  campaignId,
}: {
  unsubscribeUrl: string
  leaveBy?: string | null
  workspaceId: number
  topic: { id: number; name: string }
  campaignId: number
}): Record<string, string> {
  const host = new URL(unsubscribeUrl).hostname
  return {
    'List-Unsubscribe': leaveBy
      ? `<${unsubscribeUrl}>, <${leaveBy}${unsubscribeUrl.slice(unsubscribeUrl.lastIndexOf('/') + 1)}>`
      : `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': `${phrase(topic.name)} <topic-${topic.id}.workspace-${workspaceId}.${host}>`,
    'Feedback-ID': `campaign-${campaignId}:topic-${topic.id}:workspace-${workspaceId}:assent`,
  }
}

/** A display name in a header: quoted, or as an encoded word where it is not ASCII (RFC 2047). */
function phrase(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim().slice(0, 60)
  if (/^[\x20-\x7e]*$/.test(line)) return `"${line.replace(/["\\]/g, '')}"`
  return `=?UTF-8?B?${Buffer.from(Array.from(line).slice(0, 14).join('')).toString('base64')}?=`
}
