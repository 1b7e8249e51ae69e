import { parseArgs } from 'node:util'
import { boot } from '../../../bench/support/boot.ts'
import { planOf, type Plan, type Provider } from './plan.ts'

/**
 *   npm run test:chaos -- --runs 500 --seed 1 --people 10000
 *
 * Campaigns under seeded faults, one after the other: with the seeds `seed`, `seed + 1` …, or those of a list (`--seeds 13252,17:60`;
 * the second has 60 people). Ends with 1 when anything was wrong. CHAOS_LOG=1 shows what the processes log.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    people: { type: 'string', default: '10000' },
    seeds: { type: 'string' },
    by: { type: 'string' },
  },
})
const runs = values.seeds
  ? values.seeds.split(',').map((asked) => asked.split(':').map(Number))
  : Array.from({ length: Number(values.runs) }, (_, no) => [Number(values.seed) + no])

const app = await boot()
const { World } = await import('./world.ts')
const { run } = await import('./run.ts')
const world = await World.begin()
const failed: string[] = []
try {
  for (const [seed, people = Number(values.people)] of runs) {
    const plan = planOf({ seed, people, by: values.by as Provider | undefined })
    const began = performance.now()
    const { wrongs, happened, facts } = await run(world, plan).catch((error: Error) => ({
      wrongs: [`the run broke off: ${error.stack}`],
      happened: [],
      facts: 'broken off',
    }))
    const isGood = wrongs.length === 0
    console.log(
      `${isGood ? '✔' : '✘'} ${seed} by ${plan.by}${plan.hasFallback ? ' and smtp' : ''} in ${((performance.now() - began) / 1_000).toFixed(1)} s: ${facts}`
    )
    if (isGood && !process.env.CHAOS_LOG) continue
    if (!isGood) failed.push(`--runs 1 --seed ${seed} --people ${people}`)
    console.log(scheduleOf(plan, happened))
    for (const wrong of wrongs.slice(0, 20)) console.log(`  ! ${wrong}`)
    if (wrongs.length > 20) console.log(`  ! and ${wrongs.length - 20} more`)
  }
} finally {
  await world.end()
  await app.terminate()
}
console.log(`${runs.length - failed.length} of ${runs.length} runs: everyone has one mail or one named reason.`)
for (const options of failed) console.log(`Again: npm run test:chaos -- ${options}`)
process.exit(failed.length > 0 ? 1 : 0)

function scheduleOf({ workers, atFirst, rules, isTold }: Plan, happened: string[]): string {
  const worker = (one: Plan['workers'][number], no: number) =>
    `  worker ${no + 1}${no < atFirst ? '' : ' (substitute)'}: ${JSON.stringify(one)}`
  return [
    ...workers.map(worker),
    ...rules.map((rule) => `  provider: ${JSON.stringify({ ...rule, match: undefined })}`),
    ...(isTold ? ['  provider tells what became of the mails'] : []),
    ...happened.map((what) => `  after calls ${what}`),
  ].join('\n')
}
