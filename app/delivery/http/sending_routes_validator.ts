import vine from '@vinejs/vine'
import { id } from '#platform'

export const setRouteValidator = vine.create({ provider_id: id() })
