import { changeShipment, type Change } from './change_shipment.ts'

/** No batch leaves any more but those already sealed. Takes effect at once, in every worker. */
export const pauseShipment = (change: Change) =>
  changeShipment(change, { from: ['running'], to: 'paused', action: 'shipment.paused' })

/** Goes on where it was paused, or where it stopped because the provider refused. */
export const resumeShipment = (change: Change) =>
  changeShipment(change, {
    from: ['paused', 'stopped'],
    to: 'running',
    action: 'shipment.resumed',
    also: { stop_reason: null },
  })
