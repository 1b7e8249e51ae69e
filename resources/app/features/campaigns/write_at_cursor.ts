/** Changes in a text field that its own Undo takes back, and that its `onChange` hears. */
type TextField = HTMLInputElement | HTMLTextAreaElement

/** Puts `text` where the cursor is, over what is selected; `before` more characters to the left go too. */
export function writeAtCursor(
  field: TextField,
  text: string,
  { before = 0, select }: { before?: number; select?: [number, number] } = {}
) {
  field.focus()
  const start = Math.max(0, (field.selectionStart ?? field.value.length) - before)
  field.setSelectionRange(start, field.selectionEnd ?? field.value.length)
  // The one way that keeps the browser's own undo history, in every engine of today.
  if (!document.execCommand('insertText', false, text))
    field.setRangeText(text, start, field.selectionEnd ?? start, 'end')
  if (select) field.setSelectionRange(start + select[0], start + select[1])
}

/** Wraps what is selected: `wrapped(area, '**', '**', 'text')`. The words inside stay selected. */
export function wrap(field: TextField, open: string, close: string, sample: string) {
  const chosen = field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0) || sample
  writeAtCursor(field, `${open}${chosen}${close}`, { select: [open.length, open.length + chosen.length] })
}

/** Whether somebody has just typed `{{`. */
export const asksForTag = (field: TextField) => {
  const at = field.selectionStart ?? 0
  return field.value.slice(at - 2, at) === '{{'
}
