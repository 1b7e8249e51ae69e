import type { ApplicationService } from '@adonisjs/core/types'

/**
 * A transaction that did not happen throws. knex's `commit()` resolves whatever came of COMMIT (a connection that broke, a
 * deferred constraint, a full disk), so that everybody downstream would believe and confirm what was never written.
 */
export default class CommitProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const db: any = await this.app.container.make('lucid.db')
    const begin = db.transaction.bind(db)
    db.transaction = async (work?: unknown, options?: unknown) => {
      if (typeof work !== 'function') return truthful(await begin(work))
      return begin((trx: any) => work(truthful(trx)), options)
    }
  }
}

function truthful(trx: any) {
  const { knexClient } = trx
  const commit = knexClient.commit.bind(knexClient)
  knexClient.commit = async () => {
    const answer = await commit()
    await knexClient.executionPromise
    if (answer?.response?.command === 'ROLLBACK') {
      throw new Error('The transaction was rolled back: one of its statements had failed.')
    }
  }
  return trx
}
