/** What practices say of the indicators that they mean to move, beside what was observed since. */
import { Type, type Static } from 'typebox'
import { isOf } from '#records/kind.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { practice } from '#features/clearing-house/practice.ts'
import { Id } from '#records/inputs.ts'

import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { indicator } from './indicator.ts'
import { Code } from './observe.ts'
import { observations } from './store.ts'
import { indicatorNamed } from './values.ts'

const isPractice = isOf(practice)
const isIndicatorRecord = isOf(indicator)

const amount = Type.Optional(Type.Number())
const year = Type.Optional(Type.Integer())
const Aim = Type.Object({ baselineValue: amount, baselineYear: year, targetValue: amount, targetYear: year })
export type Aim = Static<typeof Aim>

const Observed = Type.Object({ area: Type.String(), period: Type.Integer(), value: Type.Number() })

export const mostAiming = 100

export const practicesAiming = operation({
  name: 'indicators.practices',
  summary: 'List practices that mean to move an indicator, each with its baseline and target',
  http: 'GET /indicators/:code/practices',
  input: Type.Object({ code: Code }, closed),
  output: Type.Object({ practices: Type.Array(Type.Object({ record: StoredRecord, aim: Aim })) }),
  allow: () => true,
  run: async ({ db }, { code }) => {
    const { id } = await indicatorNamed(db, code)
    const store = records(db)
    const numbers = await store.linksTo([id], 'aimsAt', mostAiming, practice.name)
    const found = (await store.byNumbers(numbers)).filter(isPractice)
    return {
      practices: found.map((record) => ({
        record: record as unknown as StoredRecord,
        aim: aimAt(record.body.indicatorAims ?? [], id),
      })),
    }
  },
})
export type Aiming = Static<(typeof practicesAiming)['output']>['practices'][number]

type Said = Aim & { aimedAt: string }
function aimAt(all: readonly Said[], indicatorId: string): Aim {
  const { aimedAt: _, ...aim } = all.find((one) => one.aimedAt === indicatorId) ?? { aimedAt: '' }
  return aim
}

export const aimsOfPractice = operation({
  name: 'indicators.aims',
  summary: 'Read the indicators that a practice means to move: baseline, target, and the values of its countries',
  http: 'GET /practices/:id/aims',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    aims: Type.Array(
      Type.Object({
        record: StoredRecord,
        dimensions: Type.String({ description: 'Breakdown of the values; empty for the total' }),
        aim: Aim,
        values: Type.Array(Observed, { description: 'In the order of areas and years' }),
      }),
    ),
  }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const record = await records(db).find(id)
    if (!record || record.status !== 'published' || !isPractice(record)) throw noSuch('record', id)
    const { indicatorAims = [], countries = [] } = record.body
    const found = await records(db).findMany(indicatorAims.map(({ aimedAt }) => aimedAt))
    const aims = []
    for (const { aimedAt, ...aim } of indicatorAims) {
      const aimed = found.get(aimedAt)
      if (!aimed || aimed.status !== 'published' || !isIndicatorRecord(aimed)) continue
      const dimensions = aimed.body.headline ?? ''
      const asked = { indicator: aimed.body.code, areas: countries.slice(0, mostCountries), dimensions: [dimensions] }
      const values = countries.length > 0 ? await observations(db).values(asked) : []
      aims.push({
        record: aimed as unknown as StoredRecord,
        dimensions,
        aim,
        values: values.flatMap(({ area, period, value }) => (value === null ? [] : { area, period, value })),
      })
    }
    return { aims }
  },
})
export type AimOfPractice = Static<(typeof aimsOfPractice)['output']>['aims'][number]

/** So many lines can be told apart in a small chart. */
const mostCountries = 4
