import { addressIn } from '../addresses.js'
import { parseJson } from '../json.js'
import { pageOf, placeIn } from '../page.js'
import { invalid, notFound, Refusal } from '../refusal.js'
import { created, ok } from './answer.js'

/** GET /suppressions?origin= */
export async function listSuppressions({ suppressions }, { query }) {
  const origin = query.get('origin')
  const listed = suppressions.all.filter((suppression) => !origin || suppression.origin === origin)
  return ok(pageOf(listed, query, placeIn(listed), (suppression) => suppression))
}

/** GET /suppressions/:idOrEmail */
export async function showSuppression({ suppressions }, { params }) {
  return ok({ object: 'suppression', ...find(suppressions, params.id) })
}

/** POST /suppressions `{ email }` */
export async function addSuppression({ suppressions }, { body }) {
  const { id } = suppressions.add(read(parseJson(body).email), 'manual')
  return created({ object: 'suppression', id })
}

/** DELETE /suppressions/:idOrEmail */
export async function removeSuppression({ suppressions }, { params }) {
  return ok(remove(suppressions, find(suppressions, params.id)))
}

/** POST /suppressions/batch/add `{ emails }`, all or none. */
export async function addSuppressions({ suppressions }, { body }) {
  const emails = list(parseJson(body).emails, 'emails').map(read)
  return created({
    data: emails.map((email) => ({
      object: 'suppression',
      id: suppressions.add(email, 'manual').id,
    })),
  })
}

/** POST /suppressions/batch/remove `{ emails }` or `{ ids }`; those not listed are left out of the answer. */
export async function removeSuppressions({ suppressions }, { body }) {
  const { emails, ids } = parseJson(body)
  const found = list(emails ?? ids, 'emails').map((idOrEmail) => suppressions.find(String(idOrEmail)))
  return ok({ data: found.filter(Boolean).map((suppression) => remove(suppressions, suppression)) })
}

function find(suppressions, idOrEmail) {
  const suppression = suppressions.find(idOrEmail)
  if (!suppression) throw notFound('Suppression')
  return suppression
}

function remove(suppressions, suppression) {
  suppressions.remove(suppression)
  return { object: 'suppression', id: suppression.id, deleted: true }
}

function read(email) {
  const address = addressIn(email)
  if (!address) throw invalid('Invalid `email` field.')
  return address
}

function list(values, field) {
  if (!Array.isArray(values)) throw new Refusal(422, 'missing_required_field', `Missing \`${field}\` field.`)
  if (values.length < 1 || values.length > 100) throw invalid(`The \`${field}\` field must have 1 to 100 items.`)
  return values
}
