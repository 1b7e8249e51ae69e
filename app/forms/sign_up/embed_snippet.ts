import { appUrl } from '#config/app'
import { escapeHtml } from '#content'
import type { PresentField } from './answers.ts'
import { inputTypeOf } from './field_input.ts'
import { mayMeasureWords, stampOf, type ShownForm } from './form_of_slug.ts'
import { wordsOf } from './words.ts'

/**
 * The form as plain HTML for any page: it looks like that page, needs no script and no leave of ours, and its answer is our
 * page or the address that the form names. Fields, topics and words are those of this moment, which its stamp names: what
 * was pasted once shows old words until it is pasted again, and the ledger gets those that were seen.
 */
export function embedSnippet(form: ShownForm, fields: PresentField[]): string {
  const { slug, definition, topics } = form
  const { t, language } = wordsOf(definition.language)
  const required = `(${escapeHtml(t('required'))})`
  const hidden = 'position:absolute;left:-200vw'
  return [
    `<form method="post" action="${appUrl}/f/${slug}" lang="${language}" data-assent>`,
    `  <input type="hidden" name="stamp" value="${stampOf(form, 0)}">`,
    `  <p><label>${escapeHtml(t('email'))} ${required}<br><input type="email" name="email" autocomplete="email" maxlength="254" required></label></p>`,
    ...fields
      .filter((field) => !field.hidden)
      .map((field) => `  ${fieldHtml(field, { required, choose: t('choose') })}`),
    `  <fieldset>`,
    `    <legend>${escapeHtml(t('topics'))}</legend>`,
    ...topics.map(
      ({ id, name }) =>
        `    <p><label><input type="checkbox" name="topics" value="${id}"> ${escapeHtml(name)}</label></p>`
    ),
    `  </fieldset>`,
    ...(definition.asks_tracking
      ? [
          `  <p><label><input type="checkbox" name="tracking" value="yes"> ${escapeHtml(mayMeasureWords(form))}</label></p>`,
        ]
      : []),
    `  <p style="${hidden}" aria-hidden="true"><label>${escapeHtml(t('trap'))} <input type="text" name="website" tabindex="-1" autocomplete="off"></label></p>`,
    `  <p>${escapeHtml(definition.wording.text).replaceAll('\n', '<br>')}</p>`,
    `  <p><button type="submit">${escapeHtml(definition.button ?? t('submit'))}</button></p>`,
    `</form>`,
  ].join('\n')
}

/** Below it: the answer then comes in the form's own place (public/embed.js). Without it the form works as well. */
export const embedScript = () =>
  [`<script src="${appUrl}/embed.js" defer></script>`, `<script type="module" src="${appUrl}/prove.js"></script>`].join(
    '\n'
  )

function fieldHtml(field: PresentField, { required, choose }: { required: string; choose: string }): string {
  const name = escapeHtml(field.name)
  const label = escapeHtml(field.label)
  const must = field.required ? ' required' : ''
  const choices = (field.choices ?? []).map(escapeHtml)
  if (field.type === 'boolean')
    return `<p><label><input type="checkbox" name="${name}" value="true"> ${label}</label></p>`
  if (field.type === 'multi_choice') {
    const boxes = choices.map(
      (choice) => `<p><label><input type="checkbox" name="${name}" value="${choice}"> ${choice}</label></p>`
    )
    return `<fieldset><legend>${label}</legend>${boxes.join('')}</fieldset>`
  }
  const title = `${label}${field.required ? ` ${required}` : ''}<br>`
  if (field.type === 'choice') {
    const options = choices.map((choice) => `<option>${choice}</option>`).join('')
    return `<p><label>${title}<select name="${name}"${must}><option value="">${escapeHtml(choose)}</option>${options}</select></label></p>`
  }
  const { input, autocomplete } = inputTypeOf(field)
  const known = autocomplete ? ` autocomplete="${autocomplete}"` : ''
  return `<p><label>${title}<input type="${input}" name="${name}"${known} maxlength="5000"${must}></label></p>`
}
