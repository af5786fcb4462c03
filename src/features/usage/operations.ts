/** What the node tells of its own use: everything is a number of many reads or acts, and stands for nobody. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { turnaroundSince } from '#features/editorial/turnaround.ts'
import { Id } from '#records/inputs.ts'
import { LinkedName } from '#records/linked-names.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { useCounts } from './store.ts'

/** A number of a single record, or of what few people did, that is smaller is not told. */
export const fewest = 5
const recordsShown = 20
/** Some of those that were read most may be withdrawn. */
const recordsAsked = 40
export const monthsShown = 12

const Named = Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() }))
const Months = Type.Array(Type.Object({ month: Type.String(), count: Type.Integer() }))
const Hidden = (description: string) =>
  Type.Union([Type.Integer(), Type.Null()], { description: `${description}; null where it is smaller than ${fewest}` })

const UsedRecord = Type.Intersect([LinkedName, Type.Object({ count: Type.Integer() })])
export const Use = Type.Object({
  since: Type.Union([Type.String(), Type.Null()], {
    description: 'The first day or month of which anything was counted',
  }),
  from: Type.String({ description: 'The first month of these numbers' }),
  reads: Months,
  downloads: Months,
  api: Months,
  pages: Named,
  languages: Named,
  forms: Named,
  mostRead: Type.Array(UsedRecord, { description: `Records that were read at least ${fewest} times, most first` }),
  mostDownloaded: Type.Array(UsedRecord),
})
export type Use = Static<typeof Use>

/** The first of so many months, this one among them: `YYYY-MM`. */
export function firstMonth(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 1)).toISOString().slice(0, 7)
}

export const readUse = operation({
  name: 'use.read',
  summary:
    'Read how much this site is read and downloaded, by month, type of page and language, without anything of readers',
  http: 'GET /use',
  input: Type.Object({ months: Type.Integer({ minimum: 1, maximum: 120, default: monthsShown }) }, closed),
  output: Use,
  allow: () => true,
  run: async ({ db, now }, { months }): Promise<Use> => {
    const from = firstMonth(now(), months)
    const store = useCounts(db)
    const titled = async (counted: 'record' | 'record-download') => {
      const most = (await store.byName(counted, from, recordsAsked)).filter(({ count }) => count >= fewest)
      const found = await records(db).findMany(most.map(({ name }) => name))
      return most
        .flatMap(({ name, count }) => {
          const record = found.get(name)
          if (record?.status !== 'published') return []
          const { id, kind, body } = record
          return [{ id, kind, title: body.title, originalLanguage: body.originalLanguage, count }]
        })
        .slice(0, recordsShown)
    }
    return {
      since: await store.since(),
      from,
      reads: await store.byMonth('page', from),
      downloads: await store.byMonth('download', from),
      api: await store.byMonth('api', from),
      pages: await store.byName('page', from),
      languages: await store.byName('language', from),
      forms: await store.byName('download', from),
      mostRead: await titled('record'),
      mostDownloaded: await titled('record-download'),
    }
  },
})

export const recordUse = operation({
  name: 'records.use',
  summary: 'Read how often a record was read and downloaded in twelve months',
  http: 'GET /records/:id/use',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    from: Type.String(),
    reads: Hidden('Reads of its page'),
    downloads: Hidden('Downloads of it'),
  }),
  allow: () => true,
  run: async ({ db, now }, { id }) => {
    const record: StoredRecord | undefined = await records(db).find(id)
    if (record?.status !== 'published') throw new Problem('recordNotFound', { id })
    const from = firstMonth(now(), monthsShown)
    const told = (count: number) => (count < fewest ? null : count)
    return {
      from,
      reads: told(await useCounts(db).of('record', id, from)),
      downloads: told(await useCounts(db).of('record-download', id, from)),
    }
  },
})

const lookedBackDays = 365
const dayMs = 86_400_000

export const readWork = operation({
  name: 'use.work',
  summary: 'Read how many submissions were reviewed and decided in a year, and how long people waited for a decision',
  http: 'GET /use/work',
  input: Type.Object({}, closed),
  output: Type.Object({
    since: Type.String(),
    decisions: Hidden('Decisions on submissions'),
    medianDays: Type.Union([Type.Number(), Type.Null()], {
      description: 'Half of the decisions came within so many days',
    }),
    ninthDays: Type.Union([Type.Number(), Type.Null()], { description: 'Nine of ten decisions did' }),
    reviews: Hidden('Reviews'),
    waiting: Hidden('Submissions that wait for a decision'),
  }),
  allow: () => true,
  run: async ({ db, now }) => {
    const since = new Date(now().getTime() - lookedBackDays * dayMs).toISOString()
    const { days, people, waiting, reviews } = await turnaroundSince(db, since)
    const sorted = days.toSorted((a, b) => a - b)
    const isTold = people >= fewest
    const at = (share: number) => (isTold ? sorted[Math.ceil(sorted.length * share) - 1]! : null)
    const told = (count: number) => (count < fewest ? null : count)
    return {
      since: since.slice(0, 10),
      decisions: isTold ? sorted.length : null,
      medianDays: at(0.5),
      ninthDays: at(0.9),
      reviews: told(reviews),
      waiting: told(waiting),
    }
  },
})

/** Days are kept of this month and the two before it; of what is older, months. `YYYY-MM-01`. */
export const firstDayKept = (now: Date): string => `${firstMonth(now, 3)}-01`
