import type { Source } from '#records/sources/source.ts'
import type { StatisticalSource } from './observations.ts'
import { internetUsers, internetUsersValues } from './sources/internet-users.ts'
import { uis, uisValues } from './sources/uis.ts'
import { unstats, unstatsValues } from './sources/unstats.ts'

export const sources: readonly Source[] = [uis, unstats, internetUsers]

const statistical: ReadonlyMap<string, StatisticalSource> = new Map(
  [uisValues, unstatsValues, internetUsersValues].map((one) => [one.name, one]),
)

/** How the values of a source are read, where it has any. */
export const statisticalSource = (name: string): StatisticalSource | undefined => statistical.get(name)
