import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'operations.live': { paramsTuple?: []; params?: {} }
    'public.click': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.open': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'topics.index': { paramsTuple?: []; params?: {} }
    'topics.store': { paramsTuple?: []; params?: {} }
    'topics.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'topics.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'spa': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  GET: {
    'operations.live': { paramsTuple?: []; params?: {} }
    'public.click': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.open': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'topics.index': { paramsTuple?: []; params?: {} }
    'spa': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  HEAD: {
    'operations.live': { paramsTuple?: []; params?: {} }
    'public.click': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'public.open': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'topics.index': { paramsTuple?: []; params?: {} }
    'spa': { paramsTuple: [...ParamValue[]]; params: {'*': ParamValue[]} }
  }
  POST: {
    'topics.store': { paramsTuple?: []; params?: {} }
  }
  PATCH: {
    'topics.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  DELETE: {
    'topics.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}