import ViteProvider from '@adonisjs/vite/vite_provider'

/**
 * Vite's dev server runs under `npm run dev` alone. Its own provider also starts one in every test run, which would test
 * an app that nobody gets; tests and production serve what `vite build` made.
 */
export default class WebAppProvider extends ViteProvider {
  async start() {
    if (process.env.DEV_MODE) await super.start()
  }

  async shutdown() {
    if (process.env.DEV_MODE) await super.shutdown()
  }
}
