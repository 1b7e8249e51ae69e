/**
 * A failure as the log may keep it: what and where, without the data. Database errors quote rows (`detail`), messages
 * quote addresses, and paths quote tokens; none of that leaves the process.
 */
export function failureForLog(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutData(String(error)) }
  const { code, table, constraint, status } = error as any
  return {
    type: error.constructor.name,
    message: withoutData(error.message),
    ...Object.fromEntries(
      Object.entries({ code, table, constraint, status }).filter(([, value]) => value !== undefined)
    ),
    stack: stackOnly(error),
    ...(error.cause === undefined
      ? {}
      : { cause: withoutData(String((error.cause as Error)?.message ?? error.cause)) }),
  }
}

export function withoutData(text: string): string {
  return text
    .slice(0, 8000)
    .replace(/[^\s"'<>(),;:=]+(@|%40)[^\s"'<>(),;:=]+/g, '[address]')
    .replace(/\b(asn_|re_|whsec_)[\w.-]+/g, '[token]')
    .replace(/[\w-]{32,}/g, '[token]')
    .slice(0, 4000)
}

/** The frames without the first line, which repeats the message. */
const stackOnly = (error: Error) =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n')
