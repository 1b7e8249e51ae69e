import { appUrl } from '#config/app'
import { escapeHtml } from '#content'
import type { PresentField } from './answers.ts'
import { inputTypeOf } from './field_input.ts'
import type { ShownForm } from './form_of_slug.ts'
import { wordsOf } from './words.ts'

/**
 * The form as plain HTML for any page: it looks like that page, needs no script and no leave of ours, and its answer is our
 * page or the address that the form names. Fields and topics are those of this moment: a changed form is pasted again.
 */
export function embedSnippet({ slug, definition, topics }: ShownForm, fields: PresentField[]): string {
  const { t, language } = wordsOf(definition.language)
  const required = `(${escapeHtml(t('required'))})`
  const hidden = 'position:absolute;left:-200vw'
  return [
    `<form method="post" action="${appUrl}/f/${slug}" lang="${language}">`,
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
    `  <p style="${hidden}" aria-hidden="true"><label>${escapeHtml(t('trap'))} <input type="text" name="website" tabindex="-1" autocomplete="off"></label></p>`,
    `  <p>${escapeHtml(definition.wording.text).replaceAll('\n', '<br>')}</p>`,
    `  <p><button type="submit">${escapeHtml(definition.button ?? t('submit'))}</button></p>`,
    `</form>`,
  ].join('\n')
}

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
