import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'

/** The version of Assent that runs here, as package.json says. */
export const ownVersion = async (): Promise<string> =>
  JSON.parse(await readFile(app.makePath('package.json'), 'utf8')).version
