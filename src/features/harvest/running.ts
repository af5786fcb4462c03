/** What every run of a source needs. */
import type { Kysely } from 'kysely'
import type { Environment, Services } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { finishHarvest, harvester } from './keep.ts'
import type { Run } from './shapes.ts'
import type { Harvested } from './store.ts'

export type Harvester = {
  perform: Perform
  db: Kysely<unknown>
  services: Services
  environment: Environment
  /** Between two requests. */
  pauseMs?: number
}

/** How documents know in which run they were listed and read. */
export const runOf = ({ id, startedAt }: Pick<Run, 'id' | 'startedAt'>): string => id ?? startedAt

export const mostPages = 100_000

export const usualPauseMs = 500
/** A server that asks to be left alone again and again, with nothing between, is not well. */
const mostPutOff = 10
const longestLeastMs = 5 * 60_000

/**
 * What is kept of a run whose server asked to be left alone: until when, and once more without an answer. Some say for how long in a
 * way that means not at all; to them we give longer each time.
 * @throws Problem fetchFailed where it asked for that too often
 */
export function putOff(app: Harvester, { tries }: Run, url: string, laterMs: number): Pick<Run, 'tries' | 'notBefore'> {
  if (tries + 1 >= mostPutOff) throw new Problem('fetchFailed', { url, reason: 'HTTP 503' })
  const leastMs = Math.min((app.pauseMs ?? usualPauseMs) * 4 ** tries, longestLeastMs)
  const until = app.environment.now().getTime() + Math.max(laterMs, leastMs)
  return { tries: tries + 1, notBefore: new Date(until).toISOString() }
}

export type Step = 'found' | 'empty' | 'ended'

export const finish = (
  { perform }: Harvester,
  { name, step: at }: Harvested,
  problem?: { code: string; values: Problem['values'] },
) => perform(finishHarvest, harvester(name), { name, step: at, ...(problem && { problem }) })
