import { getActiveTestOrFail } from '@japa/runner'

/** The environment as it is for the running test alone. */
export function setEnvironment(values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name]
    process.env[name] = value
    getActiveTestOrFail().cleanup(() => {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    })
  }
}
