import { parseJson } from '../json.js'
import { pageOf, placeIn } from '../page.js'
import { invalid, notFound, Refusal } from '../refusal.js'
import { created, ok } from './answer.js'

const REGIONS = ['us-east-1', 'eu-west-1', 'sa-east-1', 'ap-northeast-1']
const CHANGEABLE = ['open_tracking', 'click_tracking', 'tracking_subdomain', 'tls', 'capabilities']

/** POST /domains; the answer lists the DNS records to set. Source: Resend docs, "Create domain". */
export async function createDomain({ domains }, { body }) {
  const wish = parseJson(body)
  if (!wish.name) throw new Refusal(422, 'missing_required_field', 'Missing `name` field.')
  if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(wish.name)) throw invalid('Invalid `name` field.')
  if (wish.region && !REGIONS.includes(wish.region))
    throw new Refusal(422, 'invalid_region', 'Region must be a known region.')
  if (domains.all.some(({ name }) => name === wish.name.toLowerCase())) {
    throw new Refusal(403, 'validation_error', 'The domain has been registered already.')
  }
  return created(domains.add(wish))
}

/** GET /domains */
export async function listDomains({ domains }, { query }) {
  return ok(pageOf(domains.all, query, placeIn(domains.all), summaryOf))
}

/** GET /domains/:id */
export async function showDomain({ domains }, { params }) {
  return ok({ object: 'domain', ...find(domains, params.id) })
}

/** PATCH /domains/:id */
export async function updateDomain({ domains }, { params, body }) {
  const domain = find(domains, params.id)
  const changes = Object.entries(parseJson(body)).filter(([name]) => CHANGEABLE.includes(name))
  domains.update(domain, Object.fromEntries(changes))
  return ok({ object: 'domain', id: domain.id })
}

/** DELETE /domains/:id */
export async function removeDomain({ domains }, { params }) {
  const domain = find(domains, params.id)
  domains.remove(domain)
  return ok({ object: 'domain', id: domain.id, deleted: true })
}

/** POST /domains/:id/verify starts the check; the status becomes `pending` and settles later. */
export async function verifyDomain({ domains }, { params }) {
  const domain = find(domains, params.id)
  domains.verify(domain)
  return ok({ object: 'domain', id: domain.id })
}

function summaryOf(domain) {
  return { ...domain, records: undefined }
}

function find(domains, id) {
  const domain = domains.find(id)
  if (!domain) throw notFound('Domain')
  return domain
}
