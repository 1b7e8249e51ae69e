import type { HttpContext } from '@adonisjs/core/http'
import { keysetPage, pageRequest } from '#platform'
import { Form } from '../models/form.ts'
import { FormSubmission } from '../models/form_submission.ts'
import { submissionJson } from '../sign_up/form_json.ts'
import { listSubmissionsValidator } from './forms_validator.ts'

/** `GET /forms/:id/submissions`: who signed up by a form, newest first, and what became of it. */
export default class FormSubmissionsController {
  async index(ctx: HttpContext) {
    const form = await Form.of(ctx.workspace).findOrFail(ctx.params.id)
    const { state } = await ctx.request.validateUsing(listSubmissionsValidator)
    const query = FormSubmission.of(ctx.workspace).where('form_id', form.id)
    if (state) query.where('state', state)
    return keysetPage(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (row: FormSubmission) => row.id }],
      toJson: submissionJson,
    })
  }
}
