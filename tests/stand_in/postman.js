import http from 'node:http'
import https from 'node:https'

const PATIENCE = 15_000
const REMEMBERED = 1_000

/** Posts JSON over kept connections. */
export class Postman {
  #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  }

  /**
   * @param {string} url
   * @param {string} body JSON
   * @param {Record<string, string>} headers
   * @returns {Promise<{ status: number, text: string }>} status 0 and the reason when there was no answer in 15 s
   */
  post(url, body, headers) {
    const { protocol } = new URL(url)
    const { request } = protocol === 'https:' ? https : http
    const options = {
      method: 'POST',
      agent: this.#agents[protocol],
      timeout: PATIENCE,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
    }
    return new Promise((resolve) => {
      const call = request(url, options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part) => (text = (text + part).slice(0, REMEMBERED)))
        response.on('end', () => resolve({ status: response.statusCode, text }))
        response.on('error', (error) => resolve({ status: 0, text: error.message }))
      })
      call.on('timeout', () => call.destroy(new Error(`No answer within ${PATIENCE} ms`)))
      call.on('error', (error) => resolve({ status: 0, text: error.message }))
      call.end(body)
    })
  }

  close() {
    for (const agent of Object.values(this.#agents)) agent.destroy()
  }
}
