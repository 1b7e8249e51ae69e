import { compose } from '@adonisjs/core/helpers'
import { ShipmentSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

export type ShipmentState = 'running' | 'paused' | 'stopped' | 'cancelled' | 'finished'

/** The delivery side of one campaign: its frozen audience, and how far it got. */
export class Shipment extends compose(ShipmentSchema, OfWorkspace) {
  static table = 'shipments'

  /** The month that its messages live in, as SQL and partitions name it: 'YYYY-MM-01'. */
  get monthKey(): string {
    return this.month.toISODate()!
  }
}
