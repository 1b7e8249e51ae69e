/**
 * Delivery: every message that leaves, and what became of it. Each person of a frozen audience gets a campaign exactly
 * once, or is accounted for by name and reason, whatever crashes in between.
 * Owns: shipments, exclusions, batches, messages (by month), provider_accounts, provider_events, rate_budgets, sending_watch.
 */
export { booksOf, closes, type Books } from './accounting/books.ts'
export { markUnsubscribed, markWhoLeftEarly } from './accounting/mark_unsubscribed.ts'
export { messages, type MessageJson } from './accounting/messages.ts'
export { receipt, type Receipt } from './accounting/receipt.ts'
export { receiptCsv } from './accounting/receipt_csv.ts'
export { shipmentProgress, type Progress } from './accounting/shipment_progress.ts'
export { freezeAudience } from './audience/freeze_audience.ts'
export { ensureMonth, thisMonth } from './audience/months.ts'
export { previewAudience } from './audience/preview_audience.ts'
export { BooksDoNotClose, ShipmentInOtherState } from './errors.ts'
export { forgetMessages } from './forget_messages.ts'
export { Shipment, type ShipmentState } from './models/shipment.ts'
export { applyEvents, feedback } from './feedback/apply_events.ts'
export { channelFor } from './providers/channel_for.ts'
export { connectByEnvironment } from './providers/environment_account.ts'
export { sendingDomains, type SendingDomains } from './providers/sending_domains.ts'
export { composeMail, mailbox } from './sender/compose_mails.ts'
export { sendAllOf, sender } from './sender/sender_loop.ts'
export { cancelShipment } from './shipments/cancel_shipment.ts'
export { judgePilots, pilots } from './shipments/judge_pilots.ts'
export { pauseShipment, resumeShipment } from './shipments/pause_shipment.ts'
export { retryFailed } from './shipments/retry_failed.ts'
export { undoShipment } from './shipments/undo_shipment.ts'
export { sendRequestedMail } from './system_mail.ts'
