import type { HttpContext } from '@adonisjs/core/http'
import { publicKeyPem, publicKeys } from '../signed_receipt/signing_key.ts'

/** `GET /receipt-keys`, `/receipt-keys/:id`: with what this installation signs its receipts, for anybody who checks one. */
export default class ReceiptKeysController {
  async index({ response }: HttpContext) {
    response.header('content-type', 'application/jwk-set+json; charset=utf-8')
    return response.send(JSON.stringify({ keys: await publicKeys() }))
  }

  async show({ params, response }: HttpContext) {
    const pem = await publicKeyPem(params.id)
    if (pem === null) return response.notFound('There is no such key.\n')
    response.header('content-type', 'application/x-pem-file')
    return response.send(pem)
  }
}
