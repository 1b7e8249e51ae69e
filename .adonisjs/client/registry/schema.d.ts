/* eslint-disable prettier/prettier */
/// <reference path="../manifest.d.ts" />

import type { ExtractBody, ExtractErrorResponse, ExtractQuery, ExtractQueryForGet, ExtractResponse } from '@tuyau/core/types'
import type { InferInput, SimpleError } from '@vinejs/vine/types'

export type ParamValue = string | number | bigint | boolean

export interface Registry {
  'topics.index': {
    methods: ["GET","HEAD"]
    pattern: '/api/v1/topics'
    types: {
      body: {}
      paramsTuple: []
      params: {}
      query: {}
      response: ExtractResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['index']>>>
      errorResponse: ExtractErrorResponse<Awaited<ReturnType<import('#app/consent/http/topics_controller').default['index']>>>
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
}
