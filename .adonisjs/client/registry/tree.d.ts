/* eslint-disable prettier/prettier */
import type { routes } from './index.ts'

export interface ApiDefinition {
  session: {
    show: typeof routes['session.show']
    store: typeof routes['session.store']
    destroy: typeof routes['session.destroy']
  }
  setup: {
    store: typeof routes['setup.store']
  }
  passwordResets: {
    store: typeof routes['password_resets.store']
    show: typeof routes['password_resets.show']
    update: typeof routes['password_resets.update']
  }
  invitations: {
    show: typeof routes['invitations.show']
    accept: typeof routes['invitations.accept']
    index: typeof routes['invitations.index']
    store: typeof routes['invitations.store']
    destroy: typeof routes['invitations.destroy']
  }
  me: {
    show: typeof routes['me.show']
    update: typeof routes['me.update']
    password: typeof routes['me.password']
  }
  workspaces: {
    index: typeof routes['workspaces.index']
    store: typeof routes['workspaces.store']
  }
  workspace: {
    show: typeof routes['workspace.show']
    update: typeof routes['workspace.update']
  }
  members: {
    index: typeof routes['members.index']
    update: typeof routes['members.update']
    destroy: typeof routes['members.destroy']
  }
  membership: {
    destroy: typeof routes['membership.destroy']
  }
  tokens: {
    index: typeof routes['tokens.index']
    store: typeof routes['tokens.store']
    destroy: typeof routes['tokens.destroy']
  }
  audit: {
    index: typeof routes['audit.index']
  }
  permissions: {
    index: typeof routes['permissions.index']
  }
  topics: {
    store: typeof routes['topics.store']
    update: typeof routes['topics.update']
    destroy: typeof routes['topics.destroy']
    index: typeof routes['topics.index']
  }
  wordings: {
    index: typeof routes['wordings.index']
    store: typeof routes['wordings.store']
    show: typeof routes['wordings.show']
    revise: typeof routes['wordings.revise']
  }
  tracking: {
    show: typeof routes['tracking.show']
    store: typeof routes['tracking.store']
  }
  suppressions: {
    index: typeof routes['suppressions.index']
    store: typeof routes['suppressions.store']
    import: typeof routes['suppressions.import']
    destroyMany: typeof routes['suppressions.destroy_many']
    destroy: typeof routes['suppressions.destroy']
    destroyAtProviders: typeof routes['suppressions.destroy_at_providers']
  }
  contacts: {
    index: typeof routes['contacts.index']
    bulk: typeof routes['contacts.bulk']
    undoBulk: typeof routes['contacts.undo_bulk']
    wake: typeof routes['contacts.wake']
    store: typeof routes['contacts.store']
    upsert: typeof routes['contacts.upsert']
    show: typeof routes['contacts.show']
    update: typeof routes['contacts.update']
    destroy: typeof routes['contacts.destroy']
    restore: typeof routes['contacts.restore']
    merge: typeof routes['contacts.merge']
    export: typeof routes['contacts.export']
    erase: typeof routes['contacts.erase']
    restrict: typeof routes['contacts.restrict']
    liftRestriction: typeof routes['contacts.lift_restriction']
    timeline: typeof routes['contacts.timeline']
  }
  segments: {
    index: typeof routes['segments.index']
    store: typeof routes['segments.store']
    preview: typeof routes['segments.preview']
    explain: typeof routes['segments.explain']
    show: typeof routes['segments.show']
    update: typeof routes['segments.update']
    destroy: typeof routes['segments.destroy']
    restore: typeof routes['segments.restore']
    contacts: typeof routes['segments.contacts']
  }
  consents: {
    index: typeof routes['consents.index']
    store: typeof routes['consents.store']
    proof: typeof routes['consents.proof']
    check: typeof routes['consents.check']
  }
  privacyRequests: {
    index: typeof routes['privacy_requests.index']
    store: typeof routes['privacy_requests.store']
    show: typeof routes['privacy_requests.show']
    fulfil: typeof routes['privacy_requests.fulfil']
    refuse: typeof routes['privacy_requests.refuse']
    certificate: typeof routes['privacy_requests.certificate']
  }
  fields: {
    index: typeof routes['fields.index']
    store: typeof routes['fields.store']
    update: typeof routes['fields.update']
    destroy: typeof routes['fields.destroy']
  }
  tags: {
    index: typeof routes['tags.index']
    store: typeof routes['tags.store']
    destroy: typeof routes['tags.destroy']
  }
  imports: {
    index: typeof routes['imports.index']
    store: typeof routes['imports.store']
    show: typeof routes['imports.show']
    values: typeof routes['imports.values']
    preview: typeof routes['imports.preview']
    start: typeof routes['imports.start']
    undo: typeof routes['imports.undo']
    destroy: typeof routes['imports.destroy']
    rejects: typeof routes['imports.rejects']
  }
  forms: {
    index: typeof routes['forms.index']
    store: typeof routes['forms.store']
    preview: typeof routes['forms.preview']
    show: typeof routes['forms.show']
    update: typeof routes['forms.update']
    destroy: typeof routes['forms.destroy']
    restore: typeof routes['forms.restore']
    embed: typeof routes['forms.embed']
    submissions: typeof routes['forms.submissions']
  }
  quarantine: {
    index: typeof routes['quarantine.index']
    summary: typeof routes['quarantine.summary']
    decide: typeof routes['quarantine.decide']
    show: typeof routes['quarantine.show']
    approve: typeof routes['quarantine.approve']
    reject: typeof routes['quarantine.reject']
    reopen: typeof routes['quarantine.reopen']
  }
  campaigns: {
    results: typeof routes['campaigns.results']
    report: typeof routes['campaigns.report']
    index: typeof routes['campaigns.index']
    store: typeof routes['campaigns.store']
    show: typeof routes['campaigns.show']
    update: typeof routes['campaigns.update']
    destroy: typeof routes['campaigns.destroy']
    restore: typeof routes['campaigns.restore']
    duplicate: typeof routes['campaigns.duplicate']
    resend: typeof routes['campaigns.resend']
    render: typeof routes['campaigns.render']
    test: typeof routes['campaigns.test']
    preflight: typeof routes['campaigns.preflight']
    plan: typeof routes['campaigns.plan']
    schedule: typeof routes['campaigns.schedule']
    unschedule: typeof routes['campaigns.unschedule']
    approve: typeof routes['campaigns.approve']
    send: typeof routes['campaigns.send']
    undo: typeof routes['campaigns.undo']
    revise: typeof routes['campaigns.revise']
    ignoreQuietHours: typeof routes['campaigns.ignore_quiet_hours']
    pause: typeof routes['campaigns.pause']
    resume: typeof routes['campaigns.resume']
    cancel: typeof routes['campaigns.cancel']
    retry: typeof routes['campaigns.retry']
    decide: typeof routes['campaigns.decide']
    receipt: typeof routes['campaigns.receipt']
    receiptCsv: typeof routes['campaigns.receiptCsv']
    signedReceipt: typeof routes['campaigns.signedReceipt']
    messages: typeof routes['campaigns.messages']
  }
  overview: {
    show: typeof routes['overview.show']
  }
  recurringCampaigns: {
    index: typeof routes['recurring_campaigns.index']
    store: typeof routes['recurring_campaigns.store']
    show: typeof routes['recurring_campaigns.show']
    update: typeof routes['recurring_campaigns.update']
    destroy: typeof routes['recurring_campaigns.destroy']
    restore: typeof routes['recurring_campaigns.restore']
    resume: typeof routes['recurring_campaigns.resume']
    pause: typeof routes['recurring_campaigns.pause']
    end: typeof routes['recurring_campaigns.end']
    skip: typeof routes['recurring_campaigns.skip']
    unskip: typeof routes['recurring_campaigns.unskip']
    feed: typeof routes['recurring_campaigns.feed']
    readFeed: typeof routes['recurring_campaigns.read_feed']
  }
  reconfirmations: {
    index: typeof routes['reconfirmations.index']
    store: typeof routes['reconfirmations.store']
    proofs: typeof routes['reconfirmations.proofs']
    preview: typeof routes['reconfirmations.preview']
    sunset: typeof routes['reconfirmations.sunset']
    show: typeof routes['reconfirmations.show']
    cancel: typeof routes['reconfirmations.cancel']
  }
  messages: {
    index: typeof routes['messages.index']
    store: typeof routes['messages.store']
    storeMany: typeof routes['messages.store_many']
    show: typeof routes['messages.show']
  }
  domains: {
    index: typeof routes['domains.index']
    store: typeof routes['domains.store']
    show: typeof routes['domains.show']
    update: typeof routes['domains.update']
    destroy: typeof routes['domains.destroy']
    check: typeof routes['domains.check']
    verify: typeof routes['domains.verify']
  }
  warmUps: {
    index: typeof routes['warm_ups.index']
    update: typeof routes['warm_ups.update']
    destroy: typeof routes['warm_ups.destroy']
  }
  providers: {
    index: typeof routes['providers.index']
    store: typeof routes['providers.store']
    resend: {
      show: typeof routes['providers.resend.show']
      update: typeof routes['providers.resend.update']
      destroy: typeof routes['providers.resend.destroy']
      domains: typeof routes['providers.resend.domains']
    }
    show: typeof routes['providers.show']
    update: typeof routes['providers.update']
    destroy: typeof routes['providers.destroy']
    test: typeof routes['providers.test']
  }
  sendingRoutes: {
    index: typeof routes['sending_routes.index']
    update: typeof routes['sending_routes.update']
    destroy: typeof routes['sending_routes.destroy']
  }
  bounceMailbox: {
    show: typeof routes['bounce_mailbox.show']
    update: typeof routes['bounce_mailbox.update']
    destroy: typeof routes['bounce_mailbox.destroy']
    test: typeof routes['bounce_mailbox.test']
    signIn: typeof routes['bounce_mailbox.sign_in']
    answer: typeof routes['bounce_mailbox.answer']
  }
  outbox: {
    index: typeof routes['outbox.index']
    show: typeof routes['outbox.show']
  }
  retention: {
    show: typeof routes['retention.show']
    update: typeof routes['retention.update']
  }
  demo: {
    store: typeof routes['demo.store']
    destroy: typeof routes['demo.destroy']
  }
  eventStream: typeof routes['event_stream']
  subscribe: typeof routes['subscribe']
  unsubscribe: typeof routes['unsubscribe']
}
