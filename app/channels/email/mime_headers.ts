/**
 * Headers for nodemailer, as they stand: it would make an encoded word of a whole `"Name" <id>`, in which nobody finds the id
 * (RFC 2047 §5, RFC 2919 §3). What is not plain ASCII it may encode.
 */
export const mimeHeaders = (headers: Record<string, string>) =>
  Object.entries(headers).map(([key, value]) => ({
    key,
    value: /^[\x20-\x7e]*$/.test(value) ? { prepared: true, value } : value,
  }))
