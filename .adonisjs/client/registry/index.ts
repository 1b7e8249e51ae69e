/* eslint-disable prettier/prettier */
import type { AdonisEndpoint } from '@tuyau/core/types'
import type { Registry } from './schema.d.ts'
import type { ApiDefinition } from './tree.d.ts'

const placeholder: any = {}

const routes = {
  'session.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/session',
    tokens: [{"old":"/api/v1/session","type":0,"val":"api","end":""},{"old":"/api/v1/session","type":0,"val":"v1","end":""},{"old":"/api/v1/session","type":0,"val":"session","end":""}],
    types: placeholder as Registry['session.show']['types'],
  },
  'session.store': {
    methods: ["POST"],
    pattern: '/api/v1/session',
    tokens: [{"old":"/api/v1/session","type":0,"val":"api","end":""},{"old":"/api/v1/session","type":0,"val":"v1","end":""},{"old":"/api/v1/session","type":0,"val":"session","end":""}],
    types: placeholder as Registry['session.store']['types'],
  },
  'session.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/session',
    tokens: [{"old":"/api/v1/session","type":0,"val":"api","end":""},{"old":"/api/v1/session","type":0,"val":"v1","end":""},{"old":"/api/v1/session","type":0,"val":"session","end":""}],
    types: placeholder as Registry['session.destroy']['types'],
  },
  'setup.store': {
    methods: ["POST"],
    pattern: '/api/v1/setup',
    tokens: [{"old":"/api/v1/setup","type":0,"val":"api","end":""},{"old":"/api/v1/setup","type":0,"val":"v1","end":""},{"old":"/api/v1/setup","type":0,"val":"setup","end":""}],
    types: placeholder as Registry['setup.store']['types'],
  },
  'password_resets.store': {
    methods: ["POST"],
    pattern: '/api/v1/password-resets',
    tokens: [{"old":"/api/v1/password-resets","type":0,"val":"api","end":""},{"old":"/api/v1/password-resets","type":0,"val":"v1","end":""},{"old":"/api/v1/password-resets","type":0,"val":"password-resets","end":""}],
    types: placeholder as Registry['password_resets.store']['types'],
  },
  'password_resets.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/password-resets/:token',
    tokens: [{"old":"/api/v1/password-resets/:token","type":0,"val":"api","end":""},{"old":"/api/v1/password-resets/:token","type":0,"val":"v1","end":""},{"old":"/api/v1/password-resets/:token","type":0,"val":"password-resets","end":""},{"old":"/api/v1/password-resets/:token","type":1,"val":"token","end":""}],
    types: placeholder as Registry['password_resets.show']['types'],
  },
  'password_resets.update': {
    methods: ["POST"],
    pattern: '/api/v1/password-resets/:token',
    tokens: [{"old":"/api/v1/password-resets/:token","type":0,"val":"api","end":""},{"old":"/api/v1/password-resets/:token","type":0,"val":"v1","end":""},{"old":"/api/v1/password-resets/:token","type":0,"val":"password-resets","end":""},{"old":"/api/v1/password-resets/:token","type":1,"val":"token","end":""}],
    types: placeholder as Registry['password_resets.update']['types'],
  },
  'invitations.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/invitations/:token',
    tokens: [{"old":"/api/v1/invitations/:token","type":0,"val":"api","end":""},{"old":"/api/v1/invitations/:token","type":0,"val":"v1","end":""},{"old":"/api/v1/invitations/:token","type":0,"val":"invitations","end":""},{"old":"/api/v1/invitations/:token","type":1,"val":"token","end":""}],
    types: placeholder as Registry['invitations.show']['types'],
  },
  'invitations.accept': {
    methods: ["POST"],
    pattern: '/api/v1/invitations/:token/accept',
    tokens: [{"old":"/api/v1/invitations/:token/accept","type":0,"val":"api","end":""},{"old":"/api/v1/invitations/:token/accept","type":0,"val":"v1","end":""},{"old":"/api/v1/invitations/:token/accept","type":0,"val":"invitations","end":""},{"old":"/api/v1/invitations/:token/accept","type":1,"val":"token","end":""},{"old":"/api/v1/invitations/:token/accept","type":0,"val":"accept","end":""}],
    types: placeholder as Registry['invitations.accept']['types'],
  },
  'me.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/me',
    tokens: [{"old":"/api/v1/me","type":0,"val":"api","end":""},{"old":"/api/v1/me","type":0,"val":"v1","end":""},{"old":"/api/v1/me","type":0,"val":"me","end":""}],
    types: placeholder as Registry['me.show']['types'],
  },
  'me.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/me',
    tokens: [{"old":"/api/v1/me","type":0,"val":"api","end":""},{"old":"/api/v1/me","type":0,"val":"v1","end":""},{"old":"/api/v1/me","type":0,"val":"me","end":""}],
    types: placeholder as Registry['me.update']['types'],
  },
  'me.password': {
    methods: ["PUT"],
    pattern: '/api/v1/me/password',
    tokens: [{"old":"/api/v1/me/password","type":0,"val":"api","end":""},{"old":"/api/v1/me/password","type":0,"val":"v1","end":""},{"old":"/api/v1/me/password","type":0,"val":"me","end":""},{"old":"/api/v1/me/password","type":0,"val":"password","end":""}],
    types: placeholder as Registry['me.password']['types'],
  },
  'workspaces.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/workspaces',
    tokens: [{"old":"/api/v1/workspaces","type":0,"val":"api","end":""},{"old":"/api/v1/workspaces","type":0,"val":"v1","end":""},{"old":"/api/v1/workspaces","type":0,"val":"workspaces","end":""}],
    types: placeholder as Registry['workspaces.index']['types'],
  },
  'workspaces.store': {
    methods: ["POST"],
    pattern: '/api/v1/workspaces',
    tokens: [{"old":"/api/v1/workspaces","type":0,"val":"api","end":""},{"old":"/api/v1/workspaces","type":0,"val":"v1","end":""},{"old":"/api/v1/workspaces","type":0,"val":"workspaces","end":""}],
    types: placeholder as Registry['workspaces.store']['types'],
  },
  'workspace.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/workspace',
    tokens: [{"old":"/api/v1/workspace","type":0,"val":"api","end":""},{"old":"/api/v1/workspace","type":0,"val":"v1","end":""},{"old":"/api/v1/workspace","type":0,"val":"workspace","end":""}],
    types: placeholder as Registry['workspace.show']['types'],
  },
  'workspace.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/workspace',
    tokens: [{"old":"/api/v1/workspace","type":0,"val":"api","end":""},{"old":"/api/v1/workspace","type":0,"val":"v1","end":""},{"old":"/api/v1/workspace","type":0,"val":"workspace","end":""}],
    types: placeholder as Registry['workspace.update']['types'],
  },
  'members.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/members',
    tokens: [{"old":"/api/v1/members","type":0,"val":"api","end":""},{"old":"/api/v1/members","type":0,"val":"v1","end":""},{"old":"/api/v1/members","type":0,"val":"members","end":""}],
    types: placeholder as Registry['members.index']['types'],
  },
  'members.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/members/:id',
    tokens: [{"old":"/api/v1/members/:id","type":0,"val":"api","end":""},{"old":"/api/v1/members/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/members/:id","type":0,"val":"members","end":""},{"old":"/api/v1/members/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['members.update']['types'],
  },
  'members.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/members/:id',
    tokens: [{"old":"/api/v1/members/:id","type":0,"val":"api","end":""},{"old":"/api/v1/members/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/members/:id","type":0,"val":"members","end":""},{"old":"/api/v1/members/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['members.destroy']['types'],
  },
  'membership.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/membership',
    tokens: [{"old":"/api/v1/membership","type":0,"val":"api","end":""},{"old":"/api/v1/membership","type":0,"val":"v1","end":""},{"old":"/api/v1/membership","type":0,"val":"membership","end":""}],
    types: placeholder as Registry['membership.destroy']['types'],
  },
  'invitations.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/invitations',
    tokens: [{"old":"/api/v1/invitations","type":0,"val":"api","end":""},{"old":"/api/v1/invitations","type":0,"val":"v1","end":""},{"old":"/api/v1/invitations","type":0,"val":"invitations","end":""}],
    types: placeholder as Registry['invitations.index']['types'],
  },
  'invitations.store': {
    methods: ["POST"],
    pattern: '/api/v1/invitations',
    tokens: [{"old":"/api/v1/invitations","type":0,"val":"api","end":""},{"old":"/api/v1/invitations","type":0,"val":"v1","end":""},{"old":"/api/v1/invitations","type":0,"val":"invitations","end":""}],
    types: placeholder as Registry['invitations.store']['types'],
  },
  'invitations.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/invitations/:id',
    tokens: [{"old":"/api/v1/invitations/:id","type":0,"val":"api","end":""},{"old":"/api/v1/invitations/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/invitations/:id","type":0,"val":"invitations","end":""},{"old":"/api/v1/invitations/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['invitations.destroy']['types'],
  },
  'tokens.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/tokens',
    tokens: [{"old":"/api/v1/tokens","type":0,"val":"api","end":""},{"old":"/api/v1/tokens","type":0,"val":"v1","end":""},{"old":"/api/v1/tokens","type":0,"val":"tokens","end":""}],
    types: placeholder as Registry['tokens.index']['types'],
  },
  'tokens.store': {
    methods: ["POST"],
    pattern: '/api/v1/tokens',
    tokens: [{"old":"/api/v1/tokens","type":0,"val":"api","end":""},{"old":"/api/v1/tokens","type":0,"val":"v1","end":""},{"old":"/api/v1/tokens","type":0,"val":"tokens","end":""}],
    types: placeholder as Registry['tokens.store']['types'],
  },
  'tokens.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/tokens/:id',
    tokens: [{"old":"/api/v1/tokens/:id","type":0,"val":"api","end":""},{"old":"/api/v1/tokens/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/tokens/:id","type":0,"val":"tokens","end":""},{"old":"/api/v1/tokens/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['tokens.destroy']['types'],
  },
  'audit.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/audit',
    tokens: [{"old":"/api/v1/audit","type":0,"val":"api","end":""},{"old":"/api/v1/audit","type":0,"val":"v1","end":""},{"old":"/api/v1/audit","type":0,"val":"audit","end":""}],
    types: placeholder as Registry['audit.index']['types'],
  },
  'permissions.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/permissions',
    tokens: [{"old":"/api/v1/permissions","type":0,"val":"api","end":""},{"old":"/api/v1/permissions","type":0,"val":"v1","end":""},{"old":"/api/v1/permissions","type":0,"val":"permissions","end":""}],
    types: placeholder as Registry['permissions.index']['types'],
  },
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
  'imports.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/imports',
    tokens: [{"old":"/api/v1/imports","type":0,"val":"api","end":""},{"old":"/api/v1/imports","type":0,"val":"v1","end":""},{"old":"/api/v1/imports","type":0,"val":"imports","end":""}],
    types: placeholder as Registry['imports.index']['types'],
  },
  'imports.store': {
    methods: ["POST"],
    pattern: '/api/v1/imports',
    tokens: [{"old":"/api/v1/imports","type":0,"val":"api","end":""},{"old":"/api/v1/imports","type":0,"val":"v1","end":""},{"old":"/api/v1/imports","type":0,"val":"imports","end":""}],
    types: placeholder as Registry['imports.store']['types'],
  },
  'imports.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/imports/:id',
    tokens: [{"old":"/api/v1/imports/:id","type":0,"val":"api","end":""},{"old":"/api/v1/imports/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/imports/:id","type":0,"val":"imports","end":""},{"old":"/api/v1/imports/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['imports.show']['types'],
  },
  'imports.preview': {
    methods: ["POST"],
    pattern: '/api/v1/imports/:id/preview',
    tokens: [{"old":"/api/v1/imports/:id/preview","type":0,"val":"api","end":""},{"old":"/api/v1/imports/:id/preview","type":0,"val":"v1","end":""},{"old":"/api/v1/imports/:id/preview","type":0,"val":"imports","end":""},{"old":"/api/v1/imports/:id/preview","type":1,"val":"id","end":""},{"old":"/api/v1/imports/:id/preview","type":0,"val":"preview","end":""}],
    types: placeholder as Registry['imports.preview']['types'],
  },
  'imports.start': {
    methods: ["POST"],
    pattern: '/api/v1/imports/:id/start',
    tokens: [{"old":"/api/v1/imports/:id/start","type":0,"val":"api","end":""},{"old":"/api/v1/imports/:id/start","type":0,"val":"v1","end":""},{"old":"/api/v1/imports/:id/start","type":0,"val":"imports","end":""},{"old":"/api/v1/imports/:id/start","type":1,"val":"id","end":""},{"old":"/api/v1/imports/:id/start","type":0,"val":"start","end":""}],
    types: placeholder as Registry['imports.start']['types'],
  },
  'imports.undo': {
    methods: ["POST"],
    pattern: '/api/v1/imports/:id/undo',
    tokens: [{"old":"/api/v1/imports/:id/undo","type":0,"val":"api","end":""},{"old":"/api/v1/imports/:id/undo","type":0,"val":"v1","end":""},{"old":"/api/v1/imports/:id/undo","type":0,"val":"imports","end":""},{"old":"/api/v1/imports/:id/undo","type":1,"val":"id","end":""},{"old":"/api/v1/imports/:id/undo","type":0,"val":"undo","end":""}],
    types: placeholder as Registry['imports.undo']['types'],
  },
  'imports.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/imports/:id',
    tokens: [{"old":"/api/v1/imports/:id","type":0,"val":"api","end":""},{"old":"/api/v1/imports/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/imports/:id","type":0,"val":"imports","end":""},{"old":"/api/v1/imports/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['imports.destroy']['types'],
  },
  'imports.rejects': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/imports/:id/rejects.csv',
    tokens: [{"old":"/api/v1/imports/:id/rejects.csv","type":0,"val":"api","end":""},{"old":"/api/v1/imports/:id/rejects.csv","type":0,"val":"v1","end":""},{"old":"/api/v1/imports/:id/rejects.csv","type":0,"val":"imports","end":""},{"old":"/api/v1/imports/:id/rejects.csv","type":1,"val":"id","end":""},{"old":"/api/v1/imports/:id/rejects.csv","type":0,"val":"rejects.csv","end":""}],
    types: placeholder as Registry['imports.rejects']['types'],
  },
  'segments.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/segments',
    tokens: [{"old":"/api/v1/segments","type":0,"val":"api","end":""},{"old":"/api/v1/segments","type":0,"val":"v1","end":""},{"old":"/api/v1/segments","type":0,"val":"segments","end":""}],
    types: placeholder as Registry['segments.index']['types'],
  },
  'segments.store': {
    methods: ["POST"],
    pattern: '/api/v1/segments',
    tokens: [{"old":"/api/v1/segments","type":0,"val":"api","end":""},{"old":"/api/v1/segments","type":0,"val":"v1","end":""},{"old":"/api/v1/segments","type":0,"val":"segments","end":""}],
    types: placeholder as Registry['segments.store']['types'],
  },
  'segments.preview': {
    methods: ["POST"],
    pattern: '/api/v1/segments/preview',
    tokens: [{"old":"/api/v1/segments/preview","type":0,"val":"api","end":""},{"old":"/api/v1/segments/preview","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/preview","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/preview","type":0,"val":"preview","end":""}],
    types: placeholder as Registry['segments.preview']['types'],
  },
  'segments.explain': {
    methods: ["POST"],
    pattern: '/api/v1/segments/explain',
    tokens: [{"old":"/api/v1/segments/explain","type":0,"val":"api","end":""},{"old":"/api/v1/segments/explain","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/explain","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/explain","type":0,"val":"explain","end":""}],
    types: placeholder as Registry['segments.explain']['types'],
  },
  'segments.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/segments/:id',
    tokens: [{"old":"/api/v1/segments/:id","type":0,"val":"api","end":""},{"old":"/api/v1/segments/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/:id","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['segments.show']['types'],
  },
  'segments.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/segments/:id',
    tokens: [{"old":"/api/v1/segments/:id","type":0,"val":"api","end":""},{"old":"/api/v1/segments/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/:id","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['segments.update']['types'],
  },
  'segments.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/segments/:id',
    tokens: [{"old":"/api/v1/segments/:id","type":0,"val":"api","end":""},{"old":"/api/v1/segments/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/:id","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['segments.destroy']['types'],
  },
  'segments.restore': {
    methods: ["POST"],
    pattern: '/api/v1/segments/:id/restore',
    tokens: [{"old":"/api/v1/segments/:id/restore","type":0,"val":"api","end":""},{"old":"/api/v1/segments/:id/restore","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/:id/restore","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/:id/restore","type":1,"val":"id","end":""},{"old":"/api/v1/segments/:id/restore","type":0,"val":"restore","end":""}],
    types: placeholder as Registry['segments.restore']['types'],
  },
  'segments.contacts': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/segments/:id/contacts',
    tokens: [{"old":"/api/v1/segments/:id/contacts","type":0,"val":"api","end":""},{"old":"/api/v1/segments/:id/contacts","type":0,"val":"v1","end":""},{"old":"/api/v1/segments/:id/contacts","type":0,"val":"segments","end":""},{"old":"/api/v1/segments/:id/contacts","type":1,"val":"id","end":""},{"old":"/api/v1/segments/:id/contacts","type":0,"val":"contacts","end":""}],
    types: placeholder as Registry['segments.contacts']['types'],
  },
  'outbox.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/outbox',
    tokens: [{"old":"/api/v1/outbox","type":0,"val":"api","end":""},{"old":"/api/v1/outbox","type":0,"val":"v1","end":""},{"old":"/api/v1/outbox","type":0,"val":"outbox","end":""}],
    types: placeholder as Registry['outbox.index']['types'],
  },
  'outbox.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/outbox/:id',
    tokens: [{"old":"/api/v1/outbox/:id","type":0,"val":"api","end":""},{"old":"/api/v1/outbox/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/outbox/:id","type":0,"val":"outbox","end":""},{"old":"/api/v1/outbox/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['outbox.show']['types'],
  },
  'overview.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/overview',
    tokens: [{"old":"/api/v1/overview","type":0,"val":"api","end":""},{"old":"/api/v1/overview","type":0,"val":"v1","end":""},{"old":"/api/v1/overview","type":0,"val":"overview","end":""}],
    types: placeholder as Registry['overview.show']['types'],
  },
  'contacts.timeline': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/contacts/:id/timeline',
    tokens: [{"old":"/api/v1/contacts/:id/timeline","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/timeline","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/timeline","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/timeline","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/timeline","type":0,"val":"timeline","end":""}],
    types: placeholder as Registry['contacts.timeline']['types'],
  },
  'campaigns.report': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/campaigns/:id/report',
    tokens: [{"old":"/api/v1/campaigns/:id/report","type":0,"val":"api","end":""},{"old":"/api/v1/campaigns/:id/report","type":0,"val":"v1","end":""},{"old":"/api/v1/campaigns/:id/report","type":0,"val":"campaigns","end":""},{"old":"/api/v1/campaigns/:id/report","type":1,"val":"id","end":""},{"old":"/api/v1/campaigns/:id/report","type":0,"val":"report","end":""}],
    types: placeholder as Registry['campaigns.report']['types'],
  },
  'demo.store': {
    methods: ["POST"],
    pattern: '/api/v1/demo',
    tokens: [{"old":"/api/v1/demo","type":0,"val":"api","end":""},{"old":"/api/v1/demo","type":0,"val":"v1","end":""},{"old":"/api/v1/demo","type":0,"val":"demo","end":""}],
    types: placeholder as Registry['demo.store']['types'],
  },
  'demo.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/demo',
    tokens: [{"old":"/api/v1/demo","type":0,"val":"api","end":""},{"old":"/api/v1/demo","type":0,"val":"v1","end":""},{"old":"/api/v1/demo","type":0,"val":"demo","end":""}],
    types: placeholder as Registry['demo.destroy']['types'],
  },
  'contacts.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/contacts',
    tokens: [{"old":"/api/v1/contacts","type":0,"val":"api","end":""},{"old":"/api/v1/contacts","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts","type":0,"val":"contacts","end":""}],
    types: placeholder as Registry['contacts.index']['types'],
  },
  'contacts.store': {
    methods: ["POST"],
    pattern: '/api/v1/contacts',
    tokens: [{"old":"/api/v1/contacts","type":0,"val":"api","end":""},{"old":"/api/v1/contacts","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts","type":0,"val":"contacts","end":""}],
    types: placeholder as Registry['contacts.store']['types'],
  },
  'contacts.upsert': {
    methods: ["PUT"],
    pattern: '/api/v1/contacts/by-email/:email',
    tokens: [{"old":"/api/v1/contacts/by-email/:email","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/by-email/:email","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/by-email/:email","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/by-email/:email","type":0,"val":"by-email","end":""},{"old":"/api/v1/contacts/by-email/:email","type":1,"val":"email","end":""}],
    types: placeholder as Registry['contacts.upsert']['types'],
  },
  'contacts.bulk': {
    methods: ["POST"],
    pattern: '/api/v1/contacts/bulk',
    tokens: [{"old":"/api/v1/contacts/bulk","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/bulk","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/bulk","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/bulk","type":0,"val":"bulk","end":""}],
    types: placeholder as Registry['contacts.bulk']['types'],
  },
  'contacts.undoBulk': {
    methods: ["DELETE"],
    pattern: '/api/v1/contacts/bulk/:id',
    tokens: [{"old":"/api/v1/contacts/bulk/:id","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/bulk/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/bulk/:id","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/bulk/:id","type":0,"val":"bulk","end":""},{"old":"/api/v1/contacts/bulk/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['contacts.undoBulk']['types'],
  },
  'contacts.show': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/contacts/:id',
    tokens: [{"old":"/api/v1/contacts/:id","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['contacts.show']['types'],
  },
  'contacts.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/contacts/:id',
    tokens: [{"old":"/api/v1/contacts/:id","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['contacts.update']['types'],
  },
  'contacts.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/contacts/:id',
    tokens: [{"old":"/api/v1/contacts/:id","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['contacts.destroy']['types'],
  },
  'contacts.restore': {
    methods: ["POST"],
    pattern: '/api/v1/contacts/:id/restore',
    tokens: [{"old":"/api/v1/contacts/:id/restore","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/restore","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/restore","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/restore","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/restore","type":0,"val":"restore","end":""}],
    types: placeholder as Registry['contacts.restore']['types'],
  },
  'contacts.merge': {
    methods: ["POST"],
    pattern: '/api/v1/contacts/:id/merge',
    tokens: [{"old":"/api/v1/contacts/:id/merge","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/merge","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/merge","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/merge","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/merge","type":0,"val":"merge","end":""}],
    types: placeholder as Registry['contacts.merge']['types'],
  },
  'contacts.export': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/contacts/:id/export',
    tokens: [{"old":"/api/v1/contacts/:id/export","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/export","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/export","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/export","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/export","type":0,"val":"export","end":""}],
    types: placeholder as Registry['contacts.export']['types'],
  },
  'contacts.erase': {
    methods: ["POST"],
    pattern: '/api/v1/contacts/:id/erase',
    tokens: [{"old":"/api/v1/contacts/:id/erase","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/erase","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/erase","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/erase","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/erase","type":0,"val":"erase","end":""}],
    types: placeholder as Registry['contacts.erase']['types'],
  },
  'consents.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/contacts/:id/consents',
    tokens: [{"old":"/api/v1/contacts/:id/consents","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/consents","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/consents","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/consents","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/consents","type":0,"val":"consents","end":""}],
    types: placeholder as Registry['consents.index']['types'],
  },
  'consents.store': {
    methods: ["POST"],
    pattern: '/api/v1/contacts/:id/consents',
    tokens: [{"old":"/api/v1/contacts/:id/consents","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/consents","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/consents","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/consents","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/consents","type":0,"val":"consents","end":""}],
    types: placeholder as Registry['consents.store']['types'],
  },
  'consents.proof': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/contacts/:id/consents/proof',
    tokens: [{"old":"/api/v1/contacts/:id/consents/proof","type":0,"val":"api","end":""},{"old":"/api/v1/contacts/:id/consents/proof","type":0,"val":"v1","end":""},{"old":"/api/v1/contacts/:id/consents/proof","type":0,"val":"contacts","end":""},{"old":"/api/v1/contacts/:id/consents/proof","type":1,"val":"id","end":""},{"old":"/api/v1/contacts/:id/consents/proof","type":0,"val":"consents","end":""},{"old":"/api/v1/contacts/:id/consents/proof","type":0,"val":"proof","end":""}],
    types: placeholder as Registry['consents.proof']['types'],
  },
  'consents.check': {
    methods: ["POST"],
    pattern: '/api/v1/consents/check',
    tokens: [{"old":"/api/v1/consents/check","type":0,"val":"api","end":""},{"old":"/api/v1/consents/check","type":0,"val":"v1","end":""},{"old":"/api/v1/consents/check","type":0,"val":"consents","end":""},{"old":"/api/v1/consents/check","type":0,"val":"check","end":""}],
    types: placeholder as Registry['consents.check']['types'],
  },
  'fields.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/fields',
    tokens: [{"old":"/api/v1/fields","type":0,"val":"api","end":""},{"old":"/api/v1/fields","type":0,"val":"v1","end":""},{"old":"/api/v1/fields","type":0,"val":"fields","end":""}],
    types: placeholder as Registry['fields.index']['types'],
  },
  'fields.store': {
    methods: ["POST"],
    pattern: '/api/v1/fields',
    tokens: [{"old":"/api/v1/fields","type":0,"val":"api","end":""},{"old":"/api/v1/fields","type":0,"val":"v1","end":""},{"old":"/api/v1/fields","type":0,"val":"fields","end":""}],
    types: placeholder as Registry['fields.store']['types'],
  },
  'fields.update': {
    methods: ["PATCH"],
    pattern: '/api/v1/fields/:id',
    tokens: [{"old":"/api/v1/fields/:id","type":0,"val":"api","end":""},{"old":"/api/v1/fields/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/fields/:id","type":0,"val":"fields","end":""},{"old":"/api/v1/fields/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['fields.update']['types'],
  },
  'fields.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/fields/:id',
    tokens: [{"old":"/api/v1/fields/:id","type":0,"val":"api","end":""},{"old":"/api/v1/fields/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/fields/:id","type":0,"val":"fields","end":""},{"old":"/api/v1/fields/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['fields.destroy']['types'],
  },
  'tags.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/tags',
    tokens: [{"old":"/api/v1/tags","type":0,"val":"api","end":""},{"old":"/api/v1/tags","type":0,"val":"v1","end":""},{"old":"/api/v1/tags","type":0,"val":"tags","end":""}],
    types: placeholder as Registry['tags.index']['types'],
  },
  'tags.store': {
    methods: ["POST"],
    pattern: '/api/v1/tags',
    tokens: [{"old":"/api/v1/tags","type":0,"val":"api","end":""},{"old":"/api/v1/tags","type":0,"val":"v1","end":""},{"old":"/api/v1/tags","type":0,"val":"tags","end":""}],
    types: placeholder as Registry['tags.store']['types'],
  },
  'tags.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/tags/:id',
    tokens: [{"old":"/api/v1/tags/:id","type":0,"val":"api","end":""},{"old":"/api/v1/tags/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/tags/:id","type":0,"val":"tags","end":""},{"old":"/api/v1/tags/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['tags.destroy']['types'],
  },
  'suppressions.index': {
    methods: ["GET","HEAD"],
    pattern: '/api/v1/suppressions',
    tokens: [{"old":"/api/v1/suppressions","type":0,"val":"api","end":""},{"old":"/api/v1/suppressions","type":0,"val":"v1","end":""},{"old":"/api/v1/suppressions","type":0,"val":"suppressions","end":""}],
    types: placeholder as Registry['suppressions.index']['types'],
  },
  'suppressions.store': {
    methods: ["POST"],
    pattern: '/api/v1/suppressions',
    tokens: [{"old":"/api/v1/suppressions","type":0,"val":"api","end":""},{"old":"/api/v1/suppressions","type":0,"val":"v1","end":""},{"old":"/api/v1/suppressions","type":0,"val":"suppressions","end":""}],
    types: placeholder as Registry['suppressions.store']['types'],
  },
  'suppressions.destroyMany': {
    methods: ["DELETE"],
    pattern: '/api/v1/suppressions',
    tokens: [{"old":"/api/v1/suppressions","type":0,"val":"api","end":""},{"old":"/api/v1/suppressions","type":0,"val":"v1","end":""},{"old":"/api/v1/suppressions","type":0,"val":"suppressions","end":""}],
    types: placeholder as Registry['suppressions.destroyMany']['types'],
  },
  'suppressions.destroy': {
    methods: ["DELETE"],
    pattern: '/api/v1/suppressions/:id',
    tokens: [{"old":"/api/v1/suppressions/:id","type":0,"val":"api","end":""},{"old":"/api/v1/suppressions/:id","type":0,"val":"v1","end":""},{"old":"/api/v1/suppressions/:id","type":0,"val":"suppressions","end":""},{"old":"/api/v1/suppressions/:id","type":1,"val":"id","end":""}],
    types: placeholder as Registry['suppressions.destroy']['types'],
  },
  'event_stream': {
    methods: ["GET","HEAD"],
    pattern: '/__transmit/events',
    tokens: [{"old":"/__transmit/events","type":0,"val":"__transmit","end":""},{"old":"/__transmit/events","type":0,"val":"events","end":""}],
    types: placeholder as Registry['event_stream']['types'],
  },
  'subscribe': {
    methods: ["POST"],
    pattern: '/__transmit/subscribe',
    tokens: [{"old":"/__transmit/subscribe","type":0,"val":"__transmit","end":""},{"old":"/__transmit/subscribe","type":0,"val":"subscribe","end":""}],
    types: placeholder as Registry['subscribe']['types'],
  },
  'unsubscribe': {
    methods: ["POST"],
    pattern: '/__transmit/unsubscribe',
    tokens: [{"old":"/__transmit/unsubscribe","type":0,"val":"__transmit","end":""},{"old":"/__transmit/unsubscribe","type":0,"val":"unsubscribe","end":""}],
    types: placeholder as Registry['unsubscribe']['types'],
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
