/**
 * Merge tags step aside while Markdown and HTML are worked on: each becomes a plain word that no parser touches, and
 * comes back at the end. So `default: "there"` keeps its quotes, and nobody mistakes `<` in a condition for a tag.
 */
export class ProtectedSource {
  readonly text: string
  readonly #mark: string
  readonly #tags: string[] = []

  constructor(source: string) {
    let mark = 'zqmt'
    while (source.toLowerCase().includes(mark)) mark += 'q'
    this.#mark = mark
    this.text = source.replace(/\{%-?[\s\S]*?-?%\}|\{\{-?(?:"[^"]*"|'[^']*'|[^"'}]|\}(?!\}))*-?\}\}/g, (tag) =>
      this.#keep(tag)
    )
  }

  /** A further tag of ours (a link's slot), as a word that survives with the others. */
  slot(tag: string): string {
    return this.#keep(tag)
  }

  restore(text: string): string {
    return text.replace(this.pattern(), (_, __, no) => this.#tags[Number(no)])
  }

  holdsTag(text: string): boolean {
    return this.pattern().test(text)
  }

  /** Matches the words: `o` stands for an output, `t` for a tag such as if or for. */
  pattern(kind: 'o' | 't' | '[ot]' = '[ot]'): RegExp {
    return new RegExp(`${this.#mark}(${kind})(\\d+)z`, 'g')
  }

  #keep(tag: string): string {
    this.#tags.push(tag)
    return `${this.#mark}${tag.startsWith('{%') ? 't' : 'o'}${this.#tags.length - 1}z`
  }
}
