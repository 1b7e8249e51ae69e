declare module 'hoodiecrow-imap' {
  const hoodiecrow: (options: Record<string, unknown>) => any
  export default hoodiecrow
}
