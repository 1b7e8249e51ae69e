/** Everything the worker does by itself: loops that never end, jobs that were asked for, and the clock. */
import { cleanPlatform, type ClockEntry, type Jobs, type WorkerLoop } from '#platform'

export const loops: WorkerLoop[] = []

export const jobs: Jobs = {}

export const clock: ClockEntry[] = [{ name: 'clean-platform', cron: '17 * * * *', run: cleanPlatform }]
