import { InvalidTemplate } from './errors.ts'
import { parseLiquid, type Manner } from './liquid.ts'
import { variablesOf } from './variables.ts'

export interface Link {
  no: number
  /** Where it leads. May hold merge tags after the host; they are filled in per person. */
  url: string
  label: string
}

export interface Utm {
  source?: string | null
  medium?: string | null
  campaign?: string | null
  term?: string | null
  content?: string | null
}

const OURS = /^\{\{-?\s*(unsubscribe_url|preferences_url|confirm_url)\s*-?\}\}$/

/** Every web link of an edition, numbered in reading order. Each place is a link of its own, for the heat map. */
export class LinkRegister {
  readonly links: Link[] = []
  /** Addresses that lead nowhere from a mail ("/shop"): the words stay, the link goes. */
  readonly useless: string[] = []

  constructor(
    private readonly how: {
      manner: Manner
      utm: Utm | null
      first: number
      values: string[]
      lineOf(url: string): number | undefined
    }
  ) {}

  /** The ways out are never counted. */
  isOurs(href: string): boolean {
    return OURS.test(href)
  }

  /** @returns the slot that stands for the link in the template */
  add(url: string, label: string, field = 'content.source'): string {
    this.#refuseUnsafe(url, field)
    const no = this.how.first + this.links.length
    this.links.push({ no, url: withUtm(url, this.how.utm), label })
    return slotOf(no)
  }

  /** The text part names addresses, not places: the same one leads through the same number. */
  reuse(url: string): string {
    const known = this.links.find((link) => link.url === withUtm(url, this.how.utm))
    return known ? slotOf(known.no) : this.add(url, url, 'text')
  }

  #refuseUnsafe(url: string, field: string) {
    const line = this.how.lineOf(url)
    const refuse = (why: string) => {
      throw new InvalidTemplate(`${line ? `Line ${line}: ` : ''}The link ${url.slice(0, 80)} ${why}`, { field, line })
    }
    const host = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1]
    if (!host || /\{\{|\{%/.test(host) || /\s/.test(host) || host.includes('@')) {
      refuse('must begin with a fixed address such as https://example.org/. Merge tags may stand after the host only.')
    }
    const template = parseLiquid(url, { field, medium: 'url', manner: this.how.manner })
    const stray = variablesOf(template, this.how.manner).find(
      ({ key }) => !this.how.values.includes(key.split(/[.[]/, 1)[0])
    )
    if (stray)
      refuse(
        `uses "${stray.key}", which a link cannot know. Use ${this.how.values.filter((name) => name !== 'workspace').join('.… or ')}.… values only.`
      )
  }
}

const slotOf = (no: number) => `{{ link_${no} }}`

function withUtm(url: string, utm: Utm | null): string {
  const wanted = Object.entries(utm ?? {}).filter(([name, value]) => value && !url.includes(`utm_${name}=`))
  if (wanted.length === 0) return url
  const [address, ...fragment] = url.split('#')
  const query = wanted.map(([name, value]) => `utm_${name}=${encodeURIComponent(String(value))}`).join('&')
  const glue = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return [address + glue + query, ...fragment].join('#')
}
