import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: { convertEmptyStringsToNull: true, types: ['application/x-www-form-urlencoded'], limit: '1mb' },
  json: {
    convertEmptyStringsToNull: false,
    types: ['application/json', 'application/merge-patch+json', 'application/vnd.api+json'],
    limit: '5mb',
  },
  /** Plain bodies (a CSV file) are read as a stream too; a door that ignores its body need not read it at all. */
  raw: { types: [] },
  /** Uploads are read as a stream by their own controllers, so that no file lands on this process's disk. */
  multipart: {
    autoProcess: false,
    convertEmptyStringsToNull: true,
    processManually: [],
    limit: '200mb',
    types: ['multipart/form-data'],
  },
})
