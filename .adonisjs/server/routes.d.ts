import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'operations.live': { paramsTuple?: []; params?: {} }
    'operations.ready': { paramsTuple?: []; params?: {} }
    'operations.metrics': { paramsTuple?: []; params?: {} }
    'operations.openapi': { paramsTuple?: []; params?: {} }
    'webhooks.resend': { paramsTuple: [ParamValue]; params: {'workspace_key': ParamValue} }
    'webhooks.postmark': { paramsTuple: [ParamValue]; params: {'workspace_key': ParamValue} }
    'webhooks.ses': { paramsTuple: [ParamValue]; params: {'workspace_key': ParamValue} }
    'public.click': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.open': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.receipt_keys': { paramsTuple?: []; params?: {} }
    'public.receipt_key': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'public.unsubscribe': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.unsubscribe.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.preferences': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.preferences.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.question': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.question.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.rights': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.rights.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'public.confirmation': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.confirmation.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form.challenge': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'public.form.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'public.form.preflight': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'session.show': { paramsTuple?: []; params?: {} }
    'session.store': { paramsTuple?: []; params?: {} }
    'session.destroy': { paramsTuple?: []; params?: {} }
    'setup.store': { paramsTuple?: []; params?: {} }
    'password_resets.store': { paramsTuple?: []; params?: {} }
    'password_resets.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'password_resets.update': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'invitations.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'invitations.accept': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'me.show': { paramsTuple?: []; params?: {} }
    'me.update': { paramsTuple?: []; params?: {} }
    'me.password': { paramsTuple?: []; params?: {} }
    'workspaces.index': { paramsTuple?: []; params?: {} }
    'workspaces.store': { paramsTuple?: []; params?: {} }
    'workspace.show': { paramsTuple?: []; params?: {} }
    'workspace.update': { paramsTuple?: []; params?: {} }
    'members.index': { paramsTuple?: []; params?: {} }
    'members.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'members.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'membership.destroy': { paramsTuple?: []; params?: {} }
    'invitations.index': { paramsTuple?: []; params?: {} }
    'invitations.store': { paramsTuple?: []; params?: {} }
    'invitations.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tokens.index': { paramsTuple?: []; params?: {} }
    'tokens.store': { paramsTuple?: []; params?: {} }
    'tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'audit.index': { paramsTuple?: []; params?: {} }
    'permissions.index': { paramsTuple?: []; params?: {} }
    'topics.store': { paramsTuple?: []; params?: {} }
    'topics.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wordings.index': { paramsTuple?: []; params?: {} }
    'wordings.store': { paramsTuple?: []; params?: {} }
    'wordings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'wordings.revise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tracking.show': { paramsTuple?: []; params?: {} }
    'suppressions.index': { paramsTuple?: []; params?: {} }
    'suppressions.store': { paramsTuple?: []; params?: {} }
    'contacts.index': { paramsTuple?: []; params?: {} }
    'contacts.bulk': { paramsTuple?: []; params?: {} }
    'contacts.undo_bulk': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.index': { paramsTuple?: []; params?: {} }
    'segments.store': { paramsTuple?: []; params?: {} }
    'segments.preview': { paramsTuple?: []; params?: {} }
    'segments.explain': { paramsTuple?: []; params?: {} }
    'segments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.contacts': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.index': { paramsTuple?: []; params?: {} }
    'consents.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tracking.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.proof': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.wake': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.check': { paramsTuple?: []; params?: {} }
    'suppressions.import': { paramsTuple?: []; params?: {} }
    'suppressions.destroy_many': { paramsTuple?: []; params?: {} }
    'suppressions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.store': { paramsTuple?: []; params?: {} }
    'contacts.upsert': { paramsTuple: [ParamValue]; params: {'email': ParamValue} }
    'contacts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.merge': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.erase': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.restrict': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.lift_restriction': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.index': { paramsTuple?: []; params?: {} }
    'privacy_requests.store': { paramsTuple?: []; params?: {} }
    'privacy_requests.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.fulfil': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.certificate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.index': { paramsTuple?: []; params?: {} }
    'fields.store': { paramsTuple?: []; params?: {} }
    'fields.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tags.index': { paramsTuple?: []; params?: {} }
    'tags.store': { paramsTuple?: []; params?: {} }
    'tags.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.index': { paramsTuple?: []; params?: {} }
    'imports.store': { paramsTuple?: []; params?: {} }
    'imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.values': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.preview': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.start': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.rejects': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.index': { paramsTuple?: []; params?: {} }
    'forms.store': { paramsTuple?: []; params?: {} }
    'forms.preview': { paramsTuple?: []; params?: {} }
    'forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.embed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.submissions': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.index': { paramsTuple?: []; params?: {} }
    'quarantine.summary': { paramsTuple?: []; params?: {} }
    'quarantine.decide': { paramsTuple?: []; params?: {} }
    'quarantine.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.reject': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.timeline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.results': { paramsTuple?: []; params?: {} }
    'campaigns.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'overview.show': { paramsTuple?: []; params?: {} }
    'campaigns.index': { paramsTuple?: []; params?: {} }
    'campaigns.store': { paramsTuple?: []; params?: {} }
    'campaigns.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.duplicate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.resend': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.render': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.preflight': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.schedule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.unschedule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.send': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.revise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.ignore_quiet_hours': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.pause': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.resume': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.retry': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.receipt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.receiptCsv': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.signedReceipt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.messages': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.index': { paramsTuple?: []; params?: {} }
    'recurring_campaigns.store': { paramsTuple?: []; params?: {} }
    'recurring_campaigns.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.resume': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.pause': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.skip': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.unskip': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'at': ParamValue} }
    'recurring_campaigns.feed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.read_feed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'reconfirmations.index': { paramsTuple?: []; params?: {} }
    'reconfirmations.store': { paramsTuple?: []; params?: {} }
    'reconfirmations.proofs': { paramsTuple?: []; params?: {} }
    'reconfirmations.preview': { paramsTuple?: []; params?: {} }
    'reconfirmations.sunset': { paramsTuple?: []; params?: {} }
    'reconfirmations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'reconfirmations.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'messages.index': { paramsTuple?: []; params?: {} }
    'messages.store': { paramsTuple?: []; params?: {} }
    'messages.store_many': { paramsTuple?: []; params?: {} }
    'messages.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.index': { paramsTuple?: []; params?: {} }
    'domains.store': { paramsTuple?: []; params?: {} }
    'domains.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.verify': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'warm_ups.index': { paramsTuple?: []; params?: {} }
    'warm_ups.update': { paramsTuple: [ParamValue]; params: {'domain': ParamValue} }
    'warm_ups.destroy': { paramsTuple: [ParamValue]; params: {'domain': ParamValue} }
    'providers.index': { paramsTuple?: []; params?: {} }
    'providers.store': { paramsTuple?: []; params?: {} }
    'providers.resend.show': { paramsTuple?: []; params?: {} }
    'providers.resend.update': { paramsTuple?: []; params?: {} }
    'providers.resend.destroy': { paramsTuple?: []; params?: {} }
    'providers.resend.domains': { paramsTuple?: []; params?: {} }
    'providers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'providers.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'providers.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'providers.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'sending_routes.index': { paramsTuple?: []; params?: {} }
    'sending_routes.update': { paramsTuple: [ParamValue]; params: {'topic': ParamValue} }
    'sending_routes.destroy': { paramsTuple: [ParamValue]; params: {'topic': ParamValue} }
    'bounce_mailbox.show': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.update': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.destroy': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.test': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.sign_in': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.answer': { paramsTuple?: []; params?: {} }
    'suppressions.destroy_at_providers': { paramsTuple?: []; params?: {} }
    'outbox.index': { paramsTuple?: []; params?: {} }
    'outbox.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'retention.show': { paramsTuple?: []; params?: {} }
    'retention.update': { paramsTuple?: []; params?: {} }
    'demo.store': { paramsTuple?: []; params?: {} }
    'demo.destroy': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'event_stream': { paramsTuple?: []; params?: {} }
    'subscribe': { paramsTuple?: []; params?: {} }
    'unsubscribe': { paramsTuple?: []; params?: {} }
    'spa': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  GET: {
    'operations.live': { paramsTuple?: []; params?: {} }
    'operations.ready': { paramsTuple?: []; params?: {} }
    'operations.metrics': { paramsTuple?: []; params?: {} }
    'operations.openapi': { paramsTuple?: []; params?: {} }
    'public.click': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.open': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.receipt_keys': { paramsTuple?: []; params?: {} }
    'public.receipt_key': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'public.unsubscribe': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.preferences': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.question': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.rights': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'public.confirmation': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form.challenge': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'session.show': { paramsTuple?: []; params?: {} }
    'password_resets.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'invitations.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'me.show': { paramsTuple?: []; params?: {} }
    'workspaces.index': { paramsTuple?: []; params?: {} }
    'workspace.show': { paramsTuple?: []; params?: {} }
    'members.index': { paramsTuple?: []; params?: {} }
    'invitations.index': { paramsTuple?: []; params?: {} }
    'tokens.index': { paramsTuple?: []; params?: {} }
    'audit.index': { paramsTuple?: []; params?: {} }
    'permissions.index': { paramsTuple?: []; params?: {} }
    'wordings.index': { paramsTuple?: []; params?: {} }
    'wordings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tracking.show': { paramsTuple?: []; params?: {} }
    'suppressions.index': { paramsTuple?: []; params?: {} }
    'contacts.index': { paramsTuple?: []; params?: {} }
    'segments.index': { paramsTuple?: []; params?: {} }
    'segments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.contacts': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.index': { paramsTuple?: []; params?: {} }
    'consents.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.proof': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.index': { paramsTuple?: []; params?: {} }
    'privacy_requests.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.certificate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.index': { paramsTuple?: []; params?: {} }
    'tags.index': { paramsTuple?: []; params?: {} }
    'imports.index': { paramsTuple?: []; params?: {} }
    'imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.values': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.rejects': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.index': { paramsTuple?: []; params?: {} }
    'forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.embed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.submissions': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.index': { paramsTuple?: []; params?: {} }
    'quarantine.summary': { paramsTuple?: []; params?: {} }
    'quarantine.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.timeline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.results': { paramsTuple?: []; params?: {} }
    'campaigns.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'overview.show': { paramsTuple?: []; params?: {} }
    'campaigns.index': { paramsTuple?: []; params?: {} }
    'campaigns.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.preflight': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.receipt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.receiptCsv': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.signedReceipt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.messages': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.index': { paramsTuple?: []; params?: {} }
    'recurring_campaigns.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.feed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'reconfirmations.index': { paramsTuple?: []; params?: {} }
    'reconfirmations.proofs': { paramsTuple?: []; params?: {} }
    'reconfirmations.preview': { paramsTuple?: []; params?: {} }
    'reconfirmations.sunset': { paramsTuple?: []; params?: {} }
    'reconfirmations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'messages.index': { paramsTuple?: []; params?: {} }
    'messages.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.index': { paramsTuple?: []; params?: {} }
    'domains.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'warm_ups.index': { paramsTuple?: []; params?: {} }
    'providers.index': { paramsTuple?: []; params?: {} }
    'providers.resend.show': { paramsTuple?: []; params?: {} }
    'providers.resend.domains': { paramsTuple?: []; params?: {} }
    'providers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'sending_routes.index': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.show': { paramsTuple?: []; params?: {} }
    'outbox.index': { paramsTuple?: []; params?: {} }
    'outbox.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'retention.show': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'event_stream': { paramsTuple?: []; params?: {} }
    'spa': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  HEAD: {
    'operations.live': { paramsTuple?: []; params?: {} }
    'operations.ready': { paramsTuple?: []; params?: {} }
    'operations.metrics': { paramsTuple?: []; params?: {} }
    'operations.openapi': { paramsTuple?: []; params?: {} }
    'public.click': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.open': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.receipt_keys': { paramsTuple?: []; params?: {} }
    'public.receipt_key': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'public.unsubscribe': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.preferences': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.question': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.rights': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'public.confirmation': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form.challenge': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'session.show': { paramsTuple?: []; params?: {} }
    'password_resets.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'invitations.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'me.show': { paramsTuple?: []; params?: {} }
    'workspaces.index': { paramsTuple?: []; params?: {} }
    'workspace.show': { paramsTuple?: []; params?: {} }
    'members.index': { paramsTuple?: []; params?: {} }
    'invitations.index': { paramsTuple?: []; params?: {} }
    'tokens.index': { paramsTuple?: []; params?: {} }
    'audit.index': { paramsTuple?: []; params?: {} }
    'permissions.index': { paramsTuple?: []; params?: {} }
    'wordings.index': { paramsTuple?: []; params?: {} }
    'wordings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tracking.show': { paramsTuple?: []; params?: {} }
    'suppressions.index': { paramsTuple?: []; params?: {} }
    'contacts.index': { paramsTuple?: []; params?: {} }
    'segments.index': { paramsTuple?: []; params?: {} }
    'segments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.contacts': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.index': { paramsTuple?: []; params?: {} }
    'consents.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.proof': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.index': { paramsTuple?: []; params?: {} }
    'privacy_requests.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.certificate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.index': { paramsTuple?: []; params?: {} }
    'tags.index': { paramsTuple?: []; params?: {} }
    'imports.index': { paramsTuple?: []; params?: {} }
    'imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.values': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.rejects': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.index': { paramsTuple?: []; params?: {} }
    'forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.embed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.submissions': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.index': { paramsTuple?: []; params?: {} }
    'quarantine.summary': { paramsTuple?: []; params?: {} }
    'quarantine.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.timeline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.results': { paramsTuple?: []; params?: {} }
    'campaigns.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'overview.show': { paramsTuple?: []; params?: {} }
    'campaigns.index': { paramsTuple?: []; params?: {} }
    'campaigns.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.preflight': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.receipt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.receiptCsv': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.signedReceipt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.messages': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.index': { paramsTuple?: []; params?: {} }
    'recurring_campaigns.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.feed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'reconfirmations.index': { paramsTuple?: []; params?: {} }
    'reconfirmations.proofs': { paramsTuple?: []; params?: {} }
    'reconfirmations.preview': { paramsTuple?: []; params?: {} }
    'reconfirmations.sunset': { paramsTuple?: []; params?: {} }
    'reconfirmations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'messages.index': { paramsTuple?: []; params?: {} }
    'messages.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.index': { paramsTuple?: []; params?: {} }
    'domains.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'warm_ups.index': { paramsTuple?: []; params?: {} }
    'providers.index': { paramsTuple?: []; params?: {} }
    'providers.resend.show': { paramsTuple?: []; params?: {} }
    'providers.resend.domains': { paramsTuple?: []; params?: {} }
    'providers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'sending_routes.index': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.show': { paramsTuple?: []; params?: {} }
    'outbox.index': { paramsTuple?: []; params?: {} }
    'outbox.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'retention.show': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'event_stream': { paramsTuple?: []; params?: {} }
    'spa': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  POST: {
    'webhooks.resend': { paramsTuple: [ParamValue]; params: {'workspace_key': ParamValue} }
    'webhooks.postmark': { paramsTuple: [ParamValue]; params: {'workspace_key': ParamValue} }
    'webhooks.ses': { paramsTuple: [ParamValue]; params: {'workspace_key': ParamValue} }
    'public.unsubscribe.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.preferences.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.question.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.rights.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.confirmation.store': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.form.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'session.store': { paramsTuple?: []; params?: {} }
    'setup.store': { paramsTuple?: []; params?: {} }
    'password_resets.store': { paramsTuple?: []; params?: {} }
    'password_resets.update': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'invitations.accept': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'workspaces.store': { paramsTuple?: []; params?: {} }
    'invitations.store': { paramsTuple?: []; params?: {} }
    'tokens.store': { paramsTuple?: []; params?: {} }
    'topics.store': { paramsTuple?: []; params?: {} }
    'wordings.store': { paramsTuple?: []; params?: {} }
    'wordings.revise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'suppressions.store': { paramsTuple?: []; params?: {} }
    'contacts.bulk': { paramsTuple?: []; params?: {} }
    'segments.store': { paramsTuple?: []; params?: {} }
    'segments.preview': { paramsTuple?: []; params?: {} }
    'segments.explain': { paramsTuple?: []; params?: {} }
    'segments.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tracking.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.wake': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'consents.check': { paramsTuple?: []; params?: {} }
    'suppressions.import': { paramsTuple?: []; params?: {} }
    'contacts.store': { paramsTuple?: []; params?: {} }
    'contacts.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.merge': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.erase': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.restrict': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.store': { paramsTuple?: []; params?: {} }
    'privacy_requests.fulfil': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'privacy_requests.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.store': { paramsTuple?: []; params?: {} }
    'tags.store': { paramsTuple?: []; params?: {} }
    'imports.store': { paramsTuple?: []; params?: {} }
    'imports.preview': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.start': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.store': { paramsTuple?: []; params?: {} }
    'forms.preview': { paramsTuple?: []; params?: {} }
    'forms.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.decide': { paramsTuple?: []; params?: {} }
    'quarantine.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.reject': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'quarantine.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.store': { paramsTuple?: []; params?: {} }
    'campaigns.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.duplicate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.resend': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.render': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.schedule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.send': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.revise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.pause': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.resume': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.retry': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.store': { paramsTuple?: []; params?: {} }
    'recurring_campaigns.restore': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.resume': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.pause': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.skip': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.read_feed': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'reconfirmations.store': { paramsTuple?: []; params?: {} }
    'reconfirmations.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'messages.store': { paramsTuple?: []; params?: {} }
    'messages.store_many': { paramsTuple?: []; params?: {} }
    'domains.store': { paramsTuple?: []; params?: {} }
    'domains.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.verify': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'providers.store': { paramsTuple?: []; params?: {} }
    'providers.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'bounce_mailbox.test': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.sign_in': { paramsTuple?: []; params?: {} }
    'bounce_mailbox.answer': { paramsTuple?: []; params?: {} }
    'demo.store': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
    'subscribe': { paramsTuple?: []; params?: {} }
    'unsubscribe': { paramsTuple?: []; params?: {} }
  }
  OPTIONS: {
    'public.form.preflight': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  DELETE: {
    'session.destroy': { paramsTuple?: []; params?: {} }
    'members.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'membership.destroy': { paramsTuple?: []; params?: {} }
    'invitations.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.undo_bulk': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'suppressions.destroy_many': { paramsTuple?: []; params?: {} }
    'suppressions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.lift_restriction': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'tags.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.unschedule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.ignore_quiet_hours': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.unskip': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'at': ParamValue} }
    'domains.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'warm_ups.destroy': { paramsTuple: [ParamValue]; params: {'domain': ParamValue} }
    'providers.resend.destroy': { paramsTuple?: []; params?: {} }
    'providers.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'sending_routes.destroy': { paramsTuple: [ParamValue]; params: {'topic': ParamValue} }
    'bounce_mailbox.destroy': { paramsTuple?: []; params?: {} }
    'suppressions.destroy_at_providers': { paramsTuple?: []; params?: {} }
    'demo.destroy': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  PATCH: {
    'me.update': { paramsTuple?: []; params?: {} }
    'workspace.update': { paramsTuple?: []; params?: {} }
    'members.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'segments.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'contacts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'fields.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'forms.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'campaigns.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recurring_campaigns.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'domains.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'providers.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'retention.update': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  PUT: {
    'me.password': { paramsTuple?: []; params?: {} }
    'contacts.upsert': { paramsTuple: [ParamValue]; params: {'email': ParamValue} }
    'warm_ups.update': { paramsTuple: [ParamValue]; params: {'domain': ParamValue} }
    'providers.resend.update': { paramsTuple?: []; params?: {} }
    'sending_routes.update': { paramsTuple: [ParamValue]; params: {'topic': ParamValue} }
    'bounce_mailbox.update': { paramsTuple?: []; params?: {} }
    'operations.nowhere': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}