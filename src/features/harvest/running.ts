/** What every run of a source needs. */
import type { Kysely } from 'kysely'
import type { Environment, Services } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import type { Problem } from '#kernel/problem.ts'
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

export type Step = 'found' | 'empty' | 'ended'

export const finish = (
  { perform }: Harvester,
  { name, step: at }: Harvested,
  problem?: { code: string; values: Problem['values'] },
) => perform(finishHarvest, harvester(name), { name, step: at, ...(problem && { problem }) })
