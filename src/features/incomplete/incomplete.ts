/** What published records lack of what readers look for first: what it is, where it is of, and what one may do with it. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { noSuch } from '#kernel/problem.ts'
import { fieldsOf, type FieldAt } from '#records/field-plan.ts'
import { isDescribable, type Kind } from '#records/kind.ts'
import type { Body } from '#records/record.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'

export const lacks = ['description', 'country', 'licence'] as const
export type Lack = (typeof lacks)[number]

/** Properties of schema.org by which a text says what a thing is. */
const describing: ReadonlySet<string | undefined> = new Set(['description', 'abstract'])
const tells: Readonly<Record<Lack, (at: FieldAt) => boolean>> = {
  description: ({ field }) => field.type === 'text' && describing.has(field.property),
  country: ({ field }) => field.facet === 'country',
  licence: ({ field }) => field.property === 'license',
}

/** What records of a kind could say, and so can lack, each with the fields that say it. */
const lackable = (kind: Kind): { lack: Lack; fields: FieldAt[] }[] =>
  lacks.flatMap((lack) => {
    const fields = fieldsOf(kind).filter(tells[lack])
    return fields.length > 0 ? [{ lack, fields }] : []
  })
export const lackableOf = (kind: Kind): Lack[] => lackable(kind).map(({ lack }) => lack)

/** Kinds whose records people can mend, where there is something to lack. */
export const isLooked = (kind: Kind): boolean => isDescribable(kind) && lackableOf(kind).length > 0

/** So many are looked at for one answer: where few lack anything, a page may be short and yet have a next. */
const mostLookedAt = 5_000
const atOnce = 500

export const listIncomplete = operation({
  name: 'records.incomplete',
  summary: 'List published records of a kind that have no description, no country or no licence',
  http: 'GET /incomplete-records',
  input: Type.Object(
    {
      kind: Type.String({ maxLength: 50 }),
      lacks: Type.Optional(Type.Enum([...lacks], { description: 'Only those that lack this' })),
      after: Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0, description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 30 }),
    },
    closed,
  ),
  output: Type.Object({
    found: Type.Array(Type.Object({ record: StoredRecord, lacks: Type.Array(Type.Enum([...lacks])) })),
    next: Type.Union([Type.Integer(), Type.Null()]),
  }),
  allow: permission('submission.decide'),
  run: async ({ db, services }, { kind: name, lacks: wanted, after, limit }) => {
    const kind = services.kinds.get(name)
    if (!kind) throw noSuch('kind', name)
    const asked = lackable(kind)
    const lackedBy = (body: Body): Lack[] =>
      asked.filter(({ fields }) => fields.every(({ valuesIn }) => valuesIn(body).length === 0)).map(({ lack }) => lack)
    const found: { record: StoredRecord; lacks: Lack[] }[] = []
    let last = after
    for (let looked = 0; looked < mostLookedAt; looked += atOnce) {
      const some = await records(db).list(name, { after: last, limit: atOnce })
      for (const record of some) {
        if (found.length >= limit) return { found, next: last }
        last = record.number
        const lacking = lackedBy(record.body)
        if (wanted ? lacking.includes(wanted) : lacking.length > 0) found.push({ record, lacks: lacking })
      }
      if (some.length < atOnce) return { found, next: null }
    }
    return { found, next: last }
  },
})
