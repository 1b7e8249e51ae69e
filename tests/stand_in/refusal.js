/**
 * An answer that says no, in Resend's words: `{ statusCode, message, name }`.
 * Thrown anywhere, turned into an answer by the front door. Source: Resend docs, "Errors".
 */
export class Refusal extends Error {
  /**
   * @param {number} status HTTP status
   * @param {string} name Resend's error name, such as `validation_error`
   * @param {string} message
   * @param {Record<string, string>} [headers] added to the answer
   */
  constructor(status, name, message, headers = {}) {
    super(message)
    this.status = status
    this.name = name
    this.headers = headers
  }

  get answer() {
    const body = { statusCode: this.status, message: this.message, name: this.name }
    return { status: this.status, headers: this.headers, body: JSON.stringify(body) }
  }
}

/** 422 with the name most rules share. */
export const invalid = (message) => new Refusal(422, 'validation_error', message)

/** 404 for a thing that does not exist, `what` with a capital letter. */
export const notFound = (what) => new Refusal(404, 'not_found', `${what} not found`)
