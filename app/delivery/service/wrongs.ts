import { Problem, type ProblemItem } from '#platform'

/** What is wrong with a list, each with its place in it. */
export class Wrongs {
  readonly #first: Problem[] = []
  readonly #items: ProblemItem[] = []

  constructor(private readonly isList: boolean) {}

  of<T>(index: number, run: () => T): T | null {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.#first.push(error)
      this.#items.push(...error.items.map((item) => (this.isList ? { ...item, ...placed(item, index) } : item)))
      return null
    }
  }

  throw() {
    if (this.#items.length === 0) return
    const [{ status, message }] = this.#first
    throw new WrongMessages(message, { status: status ?? 422, items: this.#items })
  }
}

const placed = ({ field }: ProblemItem, index: number) => ({
  index,
  field: field ? `messages.${index}.${field}` : `messages.${index}`,
})

class WrongMessages extends Problem {
  readonly #items: ProblemItem[]

  constructor(message: string, { status, items }: { status: number; items: ProblemItem[] }) {
    super(message)
    this.status = status
    this.code = items[0].code
    this.#items = items
  }

  override get items() {
    return this.#items
  }
}
