/** Days as `<input type="date">` writes them, in the reader's zone. */
export function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

/** Noon of that day: the same day wherever it is read. */
export const momentOn = (day: string) => new Date(`${day}T12:00`).toISOString()
