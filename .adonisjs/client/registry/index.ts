/* eslint-disable prettier/prettier */
import type { AdonisEndpoint } from '@tuyau/core/types'
import type { Registry } from './schema.d.ts'
import type { ApiDefinition } from './tree.d.ts'

const placeholder: any = {}

const routes = {
  'topics.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/topics',
    tokens: [{"old":"/api/v1/topics","type":0,"val":"api","end":""},{"old":"/api/v1/topics","type":0,"val":"v1","end":""},{"old":"/api/v1/topics","type":0,"val":"topics","end":""}],
    types: placeholder as Registry['topics.index']['types'],
  },
  'topics.store': {
    methods: ["POST"],
    pattern: '/api/v1/topics',
    tokens: [{"old":"/api/v1/topics","type":0,"val":"api","end":""},{"old":"/api/v1/topics","type":0,"val":"v1","end":""},{"old":"/api/v1/topics","type":0,"val":"topics","end":""}],
    types: placeholder as Registry['topics.store']['types'],
  },
  'topics.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/topics/:id',
    tokens: [{"old":"/api/v1/topics/:id","type":0,"val":"api","end":""},{"old":"/api/v1/topics/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/topics/:id","type":0,"val":"topics","end":""},{"old":"/api/v1/topics/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['topics.update']['types'],
  },
  'topics.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/topics/:id',
    tokens: [{"old":"/api/v1/topics/:id","type":0,"val":"api","end":""},{"old":"/api/v1/topics/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/topics/:id","type":0,"val":"topics","end":""},{"old":"/api/v1/topics/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['topics.destroy']['types'],
  },
} as const satisfies Record<string, AdonisEndpoint>

export { routes }

export const registry = {
  routes,
  $tree: {} as ApiDefinition,
}

declare module '@tuyau/core/types' {
  export interface UserRegistry {
    routes: typeof routes
    $tree: ApiDefinition
  }
}
