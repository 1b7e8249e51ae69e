import type { User } from '#identity'

const ownServer = () => `http://${process.env.HOST}:${process.env.PORT}`

/**
 * A browser without a screen: keeps cookies and sends the CSRF token back, as the web app does.
 *
 * @example
 * const ada = await Browser.signedIn(user)
 * const answer = await ada.post('/api/v1/topics', { name: 'News' })
 */
export class Browser {
  cookies = new Map<string, string>()
  workspaceId?: number

  constructor(private baseUrl = ownServer()) {}

  static async open(baseUrl?: string) {
    const browser = new Browser(baseUrl)
    await browser.get('/api/v1/session')
    return browser
  }

  static async signedIn(user: User, password = 'correct horse battery', baseUrl?: string) {
    const browser = await Browser.open(baseUrl)
    const answer = await browser.post('/api/v1/session', { email: user.email, password })
    if (answer.status !== 200) throw new Error(`The sign-in failed: ${answer.status} ${JSON.stringify(answer.body)}`)
    return browser
  }

  get cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  get = (path: string) => this.ask('GET', path)
  post = (path: string, body?: unknown) => this.ask('POST', path, body)
  put = (path: string, body?: unknown) => this.ask('PUT', path, body)
  patch = (path: string, body?: unknown) => this.ask('PATCH', path, body)
  delete = (path: string) => this.ask('DELETE', path)

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${this.baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'accept': 'application/json',
        'cookie': this.cookieHeader,
        'x-xsrf-token': decodeURIComponent(this.cookies.get('XSRF-TOKEN') ?? ''),
        ...(this.workspaceId ? { 'x-workspace': String(this.workspaceId) } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    this.keep(answer.headers.getSetCookie())
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return {
      status: answer.status,
      headers: answer.headers,
      setCookies: answer.headers.getSetCookie(),
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
  }

  private keep(lines: string[]) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';')
      const [name, ...value] = pair.split('=')
      const isGone = attributes.some((attribute) => /^\s*max-age=(0|-\d+)$/i.test(attribute))
      if (isGone) this.cookies.delete(name)
      else this.cookies.set(name, value.join('='))
    }
  }
}
