import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import { addDomain } from '../domains/add_domain.ts'
import { changeDomain } from '../domains/change_domain.ts'
import { requestCheck } from '../domains/check_domain.ts'
import { domainJson, domainWithFindings } from '../domains/domain_json.ts'
import { removeDomain } from '../domains/remove_domain.ts'
import { verifyDomain } from '../domains/verify_domain.ts'
import { SendingDomain } from '../models/sending_domain.ts'
import { addDomainValidator, changeDomainValidator, removeDomainValidator } from './sending_domains_validator.ts'

/** `/domains`: those that mail is sent from, with what the provider and the DNS say of them. */
export default class SendingDomainsController {
  async index({ workspace }: HttpContext) {
    const rows = await SendingDomain.of(workspace).orderBy('domain').limit(100)
    return { data: rows.map(domainJson), next_cursor: null }
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const { domain, region, ...watched } = await request.validateUsing(addDomainValidator)
    const added = await addDomain({ workspaceId: workspace.id, domain, region, ...wish(watched), actor })
    await added.refresh()
    response.status(201)
    return domainWithFindings(added)
  }

  async show({ params, workspace }: HttpContext) {
    return domainWithFindings(await SendingDomain.of(workspace).findOrFail(params.id))
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const domain = await SendingDomain.of(workspace).findOrFail(params.id)
    const changes = wish(await request.validateUsing(changeDomainValidator))
    await changeDomain(domain, { changes, actor })
    return domainWithFindings(await domain.refresh())
  }

  async check({ params, response, workspace }: HttpContext) {
    const domain = await SendingDomain.of(workspace).findOrFail(params.id)
    await db.transaction(async (trx) => {
      await requestCheck({ workspaceId: workspace.id, domainId: domain.id }, { trx })
      await touch(trx, workspace.id, [`domains/${domain.id}`])
    })
    response.status(202)
    return domainWithFindings(await domain.refresh())
  }

  async verify({ params, response, workspace }: HttpContext) {
    const domain = await verifyDomain(await SendingDomain.of(workspace).findOrFail(params.id))
    response.status(202)
    return domainWithFindings(domain)
  }

  async destroy({ params, request, response, workspace, actor }: HttpContext) {
    const domain = await SendingDomain.of(workspace).findOrFail(params.id)
    const { at_provider: atProvider = false } = await request.validateUsing(removeDomainValidator)
    await removeDomain(domain, { atProvider, actor })
    return response.noContent()
  }
}

const wish = (input: { return_path?: string; dkim_selectors?: string[]; reply_to_domain?: string | null }) => ({
  ...(input.return_path === undefined ? {} : { returnPath: input.return_path }),
  ...(input.dkim_selectors === undefined ? {} : { dkimSelectors: input.dkim_selectors }),
  ...(input.reply_to_domain === undefined ? {} : { replyToDomain: input.reply_to_domain }),
})
