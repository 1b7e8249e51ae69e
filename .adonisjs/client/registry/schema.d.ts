/* eslint-disable prettier/prettier */
/// <reference path="../manifest.d.ts" />

import type { ExtractBody, ExtractErrorResponse, ExtractQuery, ExtractQueryForGet, ExtractResponse } from '@tuyau/core/types'
import type { InferInput, SimpleError } from '@vinejs/vine/types'

export type ParamValue = string | number | bigint | boolean

export interface Registry {
  'session.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/session'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/session_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/session_controller').default['show']>>>
    }
  }
  'session.store': {
    methods: ["POST"]
    pattern: '/api/v1/session'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').signInValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').signInValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/session_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/session_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'session.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/session'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/session_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/session_controller').default['destroy']>>>
    }
  }
  'setup.store': {
    methods: ["POST"]
    pattern: '/api/v1/setup'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').setupValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').setupValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/setup_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/setup_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'password_resets.store': {
    methods: ["POST"]
    pattern: '/api/v1/password-resets'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').requestResetValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').requestResetValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/password_resets_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/password_resets_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'password_resets.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/password-resets/:token'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { token: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/password_resets_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/password_resets_controller').default['show']>>>
    }
  }
  'password_resets.update': {
    methods: ["POST"]
    pattern: '/api/v1/password-resets/:token'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').resetValidator)>>
      paramsTuple: [ParamValue]
      params: { token: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').resetValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/password_resets_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/password_resets_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'invitations.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/invitations/:token'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { token: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['show']>>>
    }
  }
  'invitations.accept': {
    methods: ["POST"]
    pattern: '/api/v1/invitations/:token/accept'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').acceptInvitationValidator)>>
      paramsTuple: [ParamValue]
      params: { token: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').acceptInvitationValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['accept']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['accept']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'me.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/me'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/me_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/me_controller').default['show']>>>
    }
  }
  'me.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/me'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').updateMeValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').updateMeValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/me_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/me_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'me.password': {
    methods: ["PUT"]
    pattern: '/api/v1/me/password'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').changePasswordValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').changePasswordValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/me_controller').default['password']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/me_controller').default['password']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'workspaces.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/workspaces'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['index']>>>
    }
  }
  'workspaces.store': {
    methods: ["POST"]
    pattern: '/api/v1/workspaces'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').openWorkspaceValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').openWorkspaceValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'workspace.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/workspace'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['show']>>>
    }
  }
  'workspace.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/workspace'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').updateWorkspaceValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').updateWorkspaceValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/workspaces_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'members.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/members'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['index']>>>
    }
  }
  'members.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/members/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').changeRoleValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').changeRoleValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'members.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/members/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['destroy']>>>
    }
  }
  'membership.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/membership'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['leave']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/members_controller').default['leave']>>>
    }
  }
  'invitations.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/invitations'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['index']>>>
    }
  }
  'invitations.store': {
    methods: ["POST"]
    pattern: '/api/v1/invitations'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').inviteValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').inviteValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'invitations.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/invitations/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/invitations_controller').default['destroy']>>>
    }
  }
  'tokens.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/tokens'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/tokens_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/tokens_controller').default['index']>>>
    }
  }
  'tokens.store': {
    methods: ["POST"]
    pattern: '/api/v1/tokens'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/identity/http/identity_validators').createTokenValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/identity/http/identity_validators').createTokenValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/tokens_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/tokens_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'tokens.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/tokens/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/tokens_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/tokens_controller').default['destroy']>>>
    }
  }
  'audit.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/audit'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/identity/http/identity_validators').auditQueryValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/audit_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/audit_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'permissions.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/permissions'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/identity/http/permissions_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/identity/http/permissions_controller').default['index']>>>
    }
  }
  'topics.store': {
    methods: ["POST"]
    pattern: '/api/v1/topics'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/consent/http/topics_validator').createTopicValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/consent/http/topics_validator').createTopicValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'topics.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/topics/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/consent/http/topics_validator').updateTopicValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/consent/http/topics_validator').updateTopicValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'topics.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/topics/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['destroy']>>>
    }
  }
  'wordings.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/wordings'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['index']>>>
    }
  }
  'wordings.store': {
    methods: ["POST"]
    pattern: '/api/v1/wordings'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/consent/http/wordings_validator').createWordingValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/consent/http/wordings_validator').createWordingValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'wordings.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/wordings/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['show']>>>
    }
  }
  'wordings.revise': {
    methods: ["POST"]
    pattern: '/api/v1/wordings/:id/revise'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/consent/http/wordings_validator').reviseWordingValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/consent/http/wordings_validator').reviseWordingValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['revise']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/wordings_controller').default['revise']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'tracking.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/tracking'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/tracking_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/tracking_controller').default['show']>>>
    }
  }
  'suppressions.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/suppressions'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/suppressions_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/suppressions_controller').default['index']>>>
    }
  }
  'suppressions.store': {
    methods: ["POST"]
    pattern: '/api/v1/suppressions'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/consent/http/suppressions_validator').suppressValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/consent/http/suppressions_validator').suppressValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/suppressions_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/suppressions_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/contacts'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/people_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/people_controller').default['index']>>>
    }
  }
  'contacts.bulk': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/bulk'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/people_controller').default['change']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/people_controller').default['change']>>>
    }
  }
  'contacts.undo_bulk': {
    methods: ["DELETE"]
    pattern: '/api/v1/contacts/bulk/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/people_controller').default['undo']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/people_controller').default['undo']>>>
    }
  }
  'segments.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/segments'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['index']>>>
    }
  }
  'segments.store': {
    methods: ["POST"]
    pattern: '/api/v1/segments'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/segments/http/segments_validator').createSegmentValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/segments/http/segments_validator').createSegmentValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'segments.preview': {
    methods: ["POST"]
    pattern: '/api/v1/segments/preview'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/segments/http/segments_validator').previewRuleValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/segments/http/segments_validator').previewRuleValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segment_previews_controller').default['preview']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segment_previews_controller').default['preview']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'segments.explain': {
    methods: ["POST"]
    pattern: '/api/v1/segments/explain'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/segments/http/segments_validator').explainRuleValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/segments/http/segments_validator').explainRuleValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segment_previews_controller').default['explain']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segment_previews_controller').default['explain']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'segments.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/segments/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['show']>>>
    }
  }
  'segments.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/segments/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/segments/http/segments_validator').updateSegmentValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/segments/http/segments_validator').updateSegmentValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'segments.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/segments/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['destroy']>>>
    }
  }
  'segments.restore': {
    methods: ["POST"]
    pattern: '/api/v1/segments/:id/restore'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['restore']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['restore']>>>
    }
  }
  'segments.contacts': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/segments/:id/contacts'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['contacts']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/segments/http/segments_controller').default['contacts']>>>
    }
  }
  'topics.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/topics'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/topic_list_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/topic_list_controller').default['index']>>>
    }
  }
  'consents.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/contacts/:id/consents'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['index']>>>
    }
  }
  'consents.store': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/consents'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').consentValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').consentValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'tracking.store': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/tracking'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').trackingValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').trackingValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_tracking_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_tracking_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'consents.proof': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/contacts/:id/consents/proof'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['proof']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['proof']>>>
    }
  }
  'contacts.wake': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/wake'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').wakeValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').wakeValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['wake']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['wake']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'consents.check': {
    methods: ["POST"]
    pattern: '/api/v1/consents/check'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').checkValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').checkValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['check']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_consents_controller').default['check']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'suppressions.import': {
    methods: ["POST"]
    pattern: '/api/v1/suppressions/import'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/suppressions_validator').suppressionFileValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/suppressions_validator').suppressionFileValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/suppressed_addresses_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/suppressed_addresses_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'suppressions.destroy_many': {
    methods: ["DELETE"]
    pattern: '/api/v1/suppressions'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/suppressions_validator').unsuppressValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/suppressions_validator').unsuppressValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/suppressed_addresses_controller').default['destroyMany']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/suppressed_addresses_controller').default['destroyMany']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'suppressions.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/suppressions/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/suppressions_validator').unsuppressValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/suppressions_validator').unsuppressValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/suppressed_addresses_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/suppressed_addresses_controller').default['destroy']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.store': {
    methods: ["POST"]
    pattern: '/api/v1/contacts'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').contactValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').contactValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.upsert': {
    methods: ["PUT"]
    pattern: '/api/v1/contacts/by-email/:email'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').contactValidator)>>
      paramsTuple: [ParamValue]
      params: { email: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').contactValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['upsert']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['upsert']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/contacts/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['show']>>>
    }
  }
  'contacts.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/contacts/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').contactValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').contactValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/contacts/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['destroy']>>>
    }
  }
  'contacts.restore': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/restore'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['restore']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contacts_controller').default['restore']>>>
    }
  }
  'contacts.merge': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/merge'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').mergeValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').mergeValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['merge']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['merge']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.export': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/contacts/:id/export'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['export']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['export']>>>
    }
  }
  'contacts.erase': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/erase'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['erase']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['erase']>>>
    }
  }
  'contacts.restrict': {
    methods: ["POST"]
    pattern: '/api/v1/contacts/:id/restriction'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').restrictValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').restrictValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['restrict']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['restrict']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'contacts.lift_restriction': {
    methods: ["DELETE"]
    pattern: '/api/v1/contacts/:id/restriction'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/contacts_validator').liftRestrictionValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/contacts_validator').liftRestrictionValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['letBeUsed']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/contact_rights_controller').default['letBeUsed']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'privacy_requests.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/privacy-requests'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/contacts/http/privacy_requests_validator').listRequestsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'privacy_requests.store': {
    methods: ["POST"]
    pattern: '/api/v1/privacy-requests'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/privacy_requests_validator').recordRequestValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/privacy_requests_validator').recordRequestValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'privacy_requests.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/privacy-requests/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['show']>>>
    }
  }
  'privacy_requests.fulfil': {
    methods: ["POST"]
    pattern: '/api/v1/privacy-requests/:id/fulfil'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['fulfil']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['fulfil']>>>
    }
  }
  'privacy_requests.refuse': {
    methods: ["POST"]
    pattern: '/api/v1/privacy-requests/:id/refuse'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/privacy_requests_validator').refuseRequestValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/privacy_requests_validator').refuseRequestValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['refuse']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['refuse']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'privacy_requests.certificate': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/privacy-requests/:id/certificate'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['certificate']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/privacy_requests_controller').default['certificate']>>>
    }
  }
  'fields.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/fields'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['index']>>>
    }
  }
  'fields.store': {
    methods: ["POST"]
    pattern: '/api/v1/fields'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['store']>>>
    }
  }
  'fields.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/fields/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['update']>>>
    }
  }
  'fields.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/fields/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/fields_controller').default['destroy']>>>
    }
  }
  'tags.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/tags'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/tags_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/tags_controller').default['index']>>>
    }
  }
  'tags.store': {
    methods: ["POST"]
    pattern: '/api/v1/tags'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/tags_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/tags_controller').default['store']>>>
    }
  }
  'tags.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/tags/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/tags_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/tags_controller').default['destroy']>>>
    }
  }
  'imports.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/imports'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['index']>>>
    }
  }
  'imports.store': {
    methods: ["POST"]
    pattern: '/api/v1/imports'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['store']>>>
    }
  }
  'imports.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/imports/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['show']>>>
    }
  }
  'imports.values': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/imports/:id/values'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQueryForGet<InferInput<(typeof import('#app/contacts/http/imports_validator').columnValuesValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['values']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['values']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'imports.preview': {
    methods: ["POST"]
    pattern: '/api/v1/imports/:id/preview'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/imports_validator').importOptionsValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/imports_validator').importOptionsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['preview']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['preview']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'imports.start': {
    methods: ["POST"]
    pattern: '/api/v1/imports/:id/start'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/contacts/http/imports_validator').importOptionsValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/contacts/http/imports_validator').importOptionsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['start']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['start']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'imports.undo': {
    methods: ["POST"]
    pattern: '/api/v1/imports/:id/undo'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['undo']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['undo']>>>
    }
  }
  'imports.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/imports/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['destroy']>>>
    }
  }
  'imports.rejects': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/imports/:id/rejects.csv'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['rejects']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/contacts/http/imports_controller').default['rejects']>>>
    }
  }
  'forms.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/forms'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/forms/http/forms_validator').listFormsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'forms.store': {
    methods: ["POST"]
    pattern: '/api/v1/forms'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/forms/http/forms_validator').createFormValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/forms/http/forms_validator').createFormValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'forms.preview': {
    methods: ["POST"]
    pattern: '/api/v1/forms/preview'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/forms/http/forms_validator').previewFormValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/forms/http/forms_validator').previewFormValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['preview']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['preview']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'forms.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/forms/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['show']>>>
    }
  }
  'forms.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/forms/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/forms/http/forms_validator').updateFormValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/forms/http/forms_validator').updateFormValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'forms.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/forms/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['destroy']>>>
    }
  }
  'forms.restore': {
    methods: ["POST"]
    pattern: '/api/v1/forms/:id/restore'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['restore']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['restore']>>>
    }
  }
  'forms.embed': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/forms/:id/embed'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['embed']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/forms_controller').default['embed']>>>
    }
  }
  'forms.submissions': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/forms/:id/submissions'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQueryForGet<InferInput<(typeof import('#app/forms/http/forms_validator').listSubmissionsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/form_submissions_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/form_submissions_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'quarantine.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/quarantine'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/forms/http/quarantine_validator').listQuarantineValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'quarantine.summary': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/quarantine/summary'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['summary']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['summary']>>>
    }
  }
  'quarantine.decide': {
    methods: ["POST"]
    pattern: '/api/v1/quarantine/decisions'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/forms/http/quarantine_validator').decisionsValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/forms/http/quarantine_validator').decisionsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['decide']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['decide']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'quarantine.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/quarantine/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['show']>>>
    }
  }
  'quarantine.approve': {
    methods: ["POST"]
    pattern: '/api/v1/quarantine/:id/approve'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/forms/http/quarantine_validator').approveValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/forms/http/quarantine_validator').approveValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['approve']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['approve']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'quarantine.reject': {
    methods: ["POST"]
    pattern: '/api/v1/quarantine/:id/reject'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/forms/http/quarantine_validator').rejectValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/forms/http/quarantine_validator').rejectValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['reject']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['reject']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'quarantine.reopen': {
    methods: ["POST"]
    pattern: '/api/v1/quarantine/:id/reopen'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['reopen']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/forms/http/quarantine_controller').default['reopen']>>>
    }
  }
  'contacts.timeline': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/contacts/:id/timeline'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/reporting/http/timelines_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/reporting/http/timelines_controller').default['index']>>>
    }
  }
  'campaigns.results': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/results'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/reporting/http/reports_validator').resultsValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/reporting/http/reports_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/reporting/http/reports_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.report': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/report'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/reporting/http/reports_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/reporting/http/reports_controller').default['show']>>>
    }
  }
  'overview.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/overview'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/reporting/http/overview_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/reporting/http/overview_controller').default['show']>>>
    }
  }
  'campaigns.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').listValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.store': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').createCampaignValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').createCampaignValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['show']>>>
    }
  }
  'campaigns.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/campaigns/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').updateCampaignValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').updateCampaignValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/campaigns/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['destroy']>>>
    }
  }
  'campaigns.restore': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/restore'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['restore']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['restore']>>>
    }
  }
  'campaigns.duplicate': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/duplicate'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['duplicate']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['duplicate']>>>
    }
  }
  'campaigns.resend': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/resend'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['resend']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaigns_controller').default['resend']>>>
    }
  }
  'campaigns.render': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/render'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').renderValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').renderValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_copies_controller').default['render']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_copies_controller').default['render']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.test': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/test'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').testValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').testValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_copies_controller').default['test']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_copies_controller').default['test']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.preflight': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/preflight'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['preflight']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['preflight']>>>
    }
  }
  'campaigns.plan': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/plan'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQueryForGet<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').planValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['plan']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['plan']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.schedule': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/schedule'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').scheduleValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').scheduleValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['schedule']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['schedule']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.unschedule': {
    methods: ["DELETE"]
    pattern: '/api/v1/campaigns/:id/schedule'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['unschedule']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['unschedule']>>>
    }
  }
  'campaigns.approve': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/approve'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['approve']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['approve']>>>
    }
  }
  'campaigns.send': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/send'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').sendValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').sendValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['send']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['send']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.undo': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/undo'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['undo']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['undo']>>>
    }
  }
  'campaigns.revise': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/revise'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').reviseValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').reviseValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['revise']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['revise']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.ignore_quiet_hours': {
    methods: ["DELETE"]
    pattern: '/api/v1/campaigns/:id/quiet-hours'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['ignoreQuietHours']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['ignoreQuietHours']>>>
    }
  }
  'campaigns.pause': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/pause'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['pause']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['pause']>>>
    }
  }
  'campaigns.resume': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/resume'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['resume']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['resume']>>>
    }
  }
  'campaigns.cancel': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/cancel'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['cancel']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['cancel']>>>
    }
  }
  'campaigns.retry': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/retry'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['retry']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['retry']>>>
    }
  }
  'campaigns.decide': {
    methods: ["POST"]
    pattern: '/api/v1/campaigns/:id/unconfirmed'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').decideValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').decideValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['decide']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_sending_controller').default['decide']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'campaigns.receipt': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/receipt'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['receipt']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['receipt']>>>
    }
  }
  'campaigns.receiptCsv': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/receipt.csv'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['receiptCsv']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['receiptCsv']>>>
    }
  }
  'campaigns.signedReceipt': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/receipt.zip'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['signedReceipt']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['signedReceipt']>>>
    }
  }
  'campaigns.messages': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/campaigns/:id/messages'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQueryForGet<InferInput<(typeof import('#app/campaigns/http/campaigns_validator').listMessagesOfValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['messages']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/campaign_accounts_controller').default['messages']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'recurring_campaigns.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/recurring-campaigns'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').listRecurringValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'recurring_campaigns.store': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').createRecurringValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').createRecurringValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'recurring_campaigns.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/recurring-campaigns/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['show']>>>
    }
  }
  'recurring_campaigns.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/recurring-campaigns/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').updateRecurringValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').updateRecurringValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'recurring_campaigns.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/recurring-campaigns/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['destroy']>>>
    }
  }
  'recurring_campaigns.restore': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns/:id/restore'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['restore']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['restore']>>>
    }
  }
  'recurring_campaigns.resume': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns/:id/resume'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['resume']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['resume']>>>
    }
  }
  'recurring_campaigns.pause': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns/:id/pause'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['pause']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['pause']>>>
    }
  }
  'recurring_campaigns.end': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns/:id/end'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['end']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['end']>>>
    }
  }
  'recurring_campaigns.skip': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns/:id/skips'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').skipValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/recurring_campaigns_validator').skipValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['skip']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['skip']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'recurring_campaigns.unskip': {
    methods: ["DELETE"]
    pattern: '/api/v1/recurring-campaigns/:id/skips/:at'
    types: {
      body: {}
      paramsTuple: [ParamValue, ParamValue]
      params: { id: ParamValue; at: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['unskip']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['unskip']>>>
    }
  }
  'recurring_campaigns.feed': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/recurring-campaigns/:id/feed'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['feed']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['feed']>>>
    }
  }
  'recurring_campaigns.read_feed': {
    methods: ["POST"]
    pattern: '/api/v1/recurring-campaigns/:id/feed'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['readFeed']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/recurring_campaigns_controller').default['readFeed']>>>
    }
  }
  'reconfirmations.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/reconfirmations'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['index']>>>
    }
  }
  'reconfirmations.store': {
    methods: ["POST"]
    pattern: '/api/v1/reconfirmations'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/campaigns/http/reconfirmations_validator').reconfirmationValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/campaigns/http/reconfirmations_validator').reconfirmationValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'reconfirmations.proofs': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/reconfirmations/proofs'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/proofs_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/proofs_controller').default['index']>>>
    }
  }
  'reconfirmations.preview': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/reconfirmations/preview'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/campaigns/http/reconfirmations_validator').askPreviewValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/proofs_controller').default['preview']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/proofs_controller').default['preview']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'reconfirmations.sunset': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/reconfirmations/sunset'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/campaigns/http/reconfirmations_validator').sunsetPreviewValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/proofs_controller').default['sunset']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/proofs_controller').default['sunset']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'reconfirmations.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/reconfirmations/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['show']>>>
    }
  }
  'reconfirmations.cancel': {
    methods: ["POST"]
    pattern: '/api/v1/reconfirmations/:id/cancel'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['cancel']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/campaigns/http/reconfirmations_controller').default['cancel']>>>
    }
  }
  'messages.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/messages'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: ExtractQueryForGet<InferInput<(typeof import('#app/delivery/http/service_messages_validator').listMessagesValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['index']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'messages.store': {
    methods: ["POST"]
    pattern: '/api/v1/messages'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/service_messages_validator').sendMessageValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/service_messages_validator').sendMessageValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'messages.store_many': {
    methods: ["POST"]
    pattern: '/api/v1/messages/batch'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/service_messages_validator').sendMessagesValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/service_messages_validator').sendMessagesValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['storeMany']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['storeMany']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'messages.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/messages/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/service_messages_controller').default['show']>>>
    }
  }
  'domains.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/domains'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['index']>>>
    }
  }
  'domains.store': {
    methods: ["POST"]
    pattern: '/api/v1/domains'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/sending_domains_validator').addDomainValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/sending_domains_validator').addDomainValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'domains.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/domains/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['show']>>>
    }
  }
  'domains.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/domains/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/sending_domains_validator').changeDomainValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/sending_domains_validator').changeDomainValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'domains.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/domains/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/sending_domains_validator').removeDomainValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/sending_domains_validator').removeDomainValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['destroy']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'domains.check': {
    methods: ["POST"]
    pattern: '/api/v1/domains/:id/check'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['check']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['check']>>>
    }
  }
  'domains.verify': {
    methods: ["POST"]
    pattern: '/api/v1/domains/:id/verify'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['verify']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_domains_controller').default['verify']>>>
    }
  }
  'warm_ups.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/warm-ups'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/warm_ups_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/warm_ups_controller').default['index']>>>
    }
  }
  'warm_ups.update': {
    methods: ["PUT"]
    pattern: '/api/v1/warm-ups/:domain'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/warm_ups_validator').startWarmUpValidator)>>
      paramsTuple: [ParamValue]
      params: { domain: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/warm_ups_validator').startWarmUpValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/warm_ups_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/warm_ups_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'warm_ups.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/warm-ups/:domain'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/warm_ups_validator').endWarmUpValidator)>>
      paramsTuple: [ParamValue]
      params: { domain: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/warm_ups_validator').endWarmUpValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/warm_ups_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/warm_ups_controller').default['destroy']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'providers.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/providers'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['index']>>>
    }
  }
  'providers.store': {
    methods: ["POST"]
    pattern: '/api/v1/providers'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/providers_validator').addProviderValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/providers_validator').addProviderValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'providers.resend.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/providers/resend'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['show']>>>
    }
  }
  'providers.resend.update': {
    methods: ["PUT"]
    pattern: '/api/v1/providers/resend'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/resend_provider_validator').connectResendValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/resend_provider_validator').connectResendValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'providers.resend.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/providers/resend'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['destroy']>>>
    }
  }
  'providers.resend.domains': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/providers/resend/domains'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['domains']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/resend_provider_controller').default['domains']>>>
    }
  }
  'providers.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/providers/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['show']>>>
    }
  }
  'providers.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/providers/:id'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/providers_validator').changeProviderValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/providers_validator').changeProviderValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'providers.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/providers/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['destroy']>>>
    }
  }
  'providers.test': {
    methods: ["POST"]
    pattern: '/api/v1/providers/:id/test'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/providers_validator').testProviderValidator)>>
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/providers_validator').testProviderValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['test']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/providers_controller').default['test']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'sending_routes.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/sending-routes'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_routes_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_routes_controller').default['index']>>>
    }
  }
  'sending_routes.update': {
    methods: ["PUT"]
    pattern: '/api/v1/sending-routes/:topic'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/sending_routes_validator').setRouteValidator)>>
      paramsTuple: [ParamValue]
      params: { topic: ParamValue }
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/sending_routes_validator').setRouteValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_routes_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_routes_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'sending_routes.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/sending-routes/:topic'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { topic: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/sending_routes_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/sending_routes_controller').default['destroy']>>>
    }
  }
  'bounce_mailbox.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/bounce-mailbox'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['show']>>>
    }
  }
  'bounce_mailbox.update': {
    methods: ["PUT"]
    pattern: '/api/v1/bounce-mailbox'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/bounce_mailbox_validator').mailboxValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/bounce_mailbox_validator').mailboxValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'bounce_mailbox.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/bounce-mailbox'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['destroy']>>>
    }
  }
  'bounce_mailbox.test': {
    methods: ["POST"]
    pattern: '/api/v1/bounce-mailbox/test'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['test']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/bounce_mailbox_controller').default['test']>>>
    }
  }
  'bounce_mailbox.sign_in': {
    methods: ["POST"]
    pattern: '/api/v1/bounce-mailbox/sign-ins'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/bounce_mailbox_validator').signInValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/bounce_mailbox_validator').signInValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/mailbox_sign_ins_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/mailbox_sign_ins_controller').default['store']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'bounce_mailbox.answer': {
    methods: ["POST"]
    pattern: '/api/v1/bounce-mailbox/sign-ins/answer'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/bounce_mailbox_validator').signInAnswerValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/bounce_mailbox_validator').signInAnswerValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/mailbox_sign_ins_controller').default['answer']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/mailbox_sign_ins_controller').default['answer']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'suppressions.destroy_at_providers': {
    methods: ["DELETE"]
    pattern: '/api/v1/provider-suppressions'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/delivery/http/providers_validator').letReceiveValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/delivery/http/providers_validator').letReceiveValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/delivery/http/provider_suppressions_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/delivery/http/provider_suppressions_controller').default['destroy']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'outbox.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/outbox'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/channels/http/outbox_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/channels/http/outbox_controller').default['index']>>>
    }
  }
  'outbox.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/outbox/:id'
    types: {
      body: {}
      paramsTuple: [ParamValue]
      params: { id: ParamValue }
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/channels/http/outbox_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/channels/http/outbox_controller').default['show']>>>
    }
  }
  'retention.show': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/retention'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/compliance/http/retention_controller').default['show']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/compliance/http/retention_controller').default['show']>>>
    }
  }
  'retention.update': {
    methods: ["PATCH"]
    pattern: '/api/v1/retention'
    types: {
      body: ExtractBody<InferInput<(typeof import('#app/compliance/http/retention_validator').retentionValidator)>>
      paramsTuple: []
      params: {}
      query: ExtractQuery<InferInput<(typeof import('#app/compliance/http/retention_validator').retentionValidator)>>
      response: ExtractResponse<Awaited<ReturnType<import('#app/compliance/http/retention_controller').default['update']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/compliance/http/retention_controller').default['update']>>> | { status: 422; response: { errors: SimpleError[] } }
    }
  }
  'demo.store': {
    methods: ["POST"]
    pattern: '/api/v1/demo'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/demo/http/demo_controller').default['store']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/demo/http/demo_controller').default['store']>>>
    }
  }
  'demo.destroy': {
    methods: ["DELETE"]
    pattern: '/api/v1/demo'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/demo/http/demo_controller').default['destroy']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/demo/http/demo_controller').default['destroy']>>>
    }
  }
  'event_stream': {
    methods: ["GET","HEAD"]
    pattern: '/__transmit/events'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: unknown
      errorResponse: unknown
    }
  }
  'subscribe': {
    methods: ["POST"]
    pattern: '/__transmit/subscribe'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: unknown
      errorResponse: unknown
    }
  }
  'unsubscribe': {
    methods: ["POST"]
    pattern: '/__transmit/unsubscribe'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: unknown
      errorResponse: unknown
    }
  }
}
