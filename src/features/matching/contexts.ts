/** What practices say of where they were done, kept at hand so that no question reads their records. */
import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { JournalLine } from '#kernel/journal.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import { practice } from '#features/clearing-house/practice.ts'
import { records } from '#records/store.ts'
import type { Condition, Facts } from './measure.ts'

/** It hears the journal as search does, and reads again only what changed, when next asked. */
export type PracticeContexts = {
  /** By the record's number. */
  current: () => Promise<ReadonlyMap<number, Facts>>
  hear: (lines: readonly JournalLine[]) => void
}

const pageSize = 200
const isPractice = isOf(practice)

export function practiceContexts(db: Kysely<unknown>): PracticeContexts {
  const facts = new Map<number, Facts>()
  const shared = sharing()
  let changed = new Set<number>()
  let isGathered = false
  let gathering: Promise<void> = Promise.resolve()

  async function gather(): Promise<void> {
    for (let after = 0; ;) {
      const page = await records(db).list(practice.name, { after, limit: pageSize })
      for (const record of page.filter(isPractice)) facts.set(record.number, factsOf(record, shared))
      if (page.length < pageSize) break
      // Pages are made on this thread too.
      await takeTurns()
      after = page.at(-1)!.number
    }
    isGathered = true
  }

  async function readAgain(): Promise<void> {
    const numbers = [...changed]
    changed = new Set()
    try {
      for (let from = 0; from < numbers.length; from += pageSize) {
        const some = numbers.slice(from, from + pageSize)
        for (const number of some) facts.delete(number)
        for (const record of (await records(db).byNumbers(some)).filter(isPractice))
          if (record.status === 'published') facts.set(record.number, factsOf(record, shared))
      }
    } catch (error) {
      for (const number of numbers) changed.add(number)
      throw error
    }
  }

  const bringUp = async () => {
    if (!isGathered) await gather()
    if (changed.size > 0) await readAgain()
  }

  return {
    current: async () => {
      // One at a time; a failure is thrown to the caller, and the next call tries again.
      gathering = gathering.catch(() => {}).then(bringUp)
      await gathering
      return facts
    },
    hear: (lines) => {
      for (const { kind, recordNumber } of lines) if (kind === practice.name) changed.add(recordNumber)
    },
  }
}

const listOf = (value: string | string[] | undefined): string[] => [value ?? []].flat()

/** Many practices say the same, so a value is kept once: less memory, and judged once for all that have it. */
function sharing() {
  const kept = new Map<string, unknown>()
  return <Value>(value: Value): Value => {
    const key = JSON.stringify(value) ?? ''
    if (!kept.has(key)) kept.set(key, value)
    return kept.get(key) as Value
  }
}

/** Technologies that are programmes to supply something, and what they supply. */
const brought: Readonly<Record<string, Condition>> = { devices: 'devices', connectivity: 'connectivity' }

/** Technologies for which a school needs no computer; a programme of devices may be one of radio sets. */
const withoutComputers: readonly string[] = ['radio', 'television', 'sms-voice', 'print-device', 'devices']
const needsNoComputer = (technologies: readonly string[]) =>
  technologies.length > 0 && technologies.every((code) => withoutComputers.includes(code))

const asItIs: ReturnType<typeof sharing> = (value) => value

export const factsOf = ({ body }: { body: BodyOf<typeof practice> }, shared = asItIs): Facts => ({
  level: shared(listOf(body.levels)),
  connectivity: shared(listOf(body.connectivity)),
  electricity: shared(listOf(body.electricity)),
  devices: shared(listOf(body.devices)),
  setting: shared(listOf(body.settings)),
  language: shared(listOf(body.languages)),
  country: shared(listOf(body.countries)),
  cost: shared(body.costPerLearner),
  brings: shared((body.technologies ?? []).flatMap((code) => (Object.hasOwn(brought, code) ? [brought[code]!] : []))),
  withoutSchoolComputers: body.devices === 'own' || needsNoComputer(body.technologies ?? []),
  outcome: body.outcome,
})
