/**
 * A text as a tagged template has it: `strings` that many texts share, and between them the `values` of this one. Whoever
 * writes thousands of them can prepare the strings once (they are the same array each time).
 */
export class Interpolated {
  constructor(
    /** One more than there are values. */
    readonly strings: readonly string[],
    readonly values: readonly string[]
  ) {}

  toString(): string {
    let text = this.strings[0]
    for (let no = 0; no < this.values.length; no++) text += this.values[no] + this.strings[no + 1]
    return text
  }
}
