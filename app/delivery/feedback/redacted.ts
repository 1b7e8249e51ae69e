/**
 * An event without what must not lie about: the way out of a person's subscription (a token that never expires) and
 * where somebody was when they read.
 */
export function redacted<T>(event: T): T {
  return JSON.parse(JSON.stringify(event), (key, value) => {
    if (['ipAddress', 'ip_address', 'userAgent', 'user_agent'].includes(key)) return '[redacted]'
    if (typeof value?.name === 'string' && /^list-unsubscribe$/i.test(value.name))
      return { ...value, value: '[redacted]' }
    return value
  })
}
