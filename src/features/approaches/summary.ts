import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { regionsOf } from '#records/vocabularies/index.ts'
import { gather, linksIn, type Members } from './gather.ts'
import { narrowed } from './narrow.ts'
import { rules, Summary } from './shapes.ts'
import { sumUp } from './sum-up.ts'

export const approachSummary = operation({
  name: 'approaches.summary',
  summary:
    'What is known of an approach: how it ended where, effects by study, costs, needs, problems and lessons, summed up by published rules',
  http: 'GET /approaches/:id/summary',
  input: Type.Object({ id: Type.String({ pattern: recordId }) }, closed),
  output: Summary,
  allow: () => true,
  run: async ({ db }, { id }) => {
    const approach = await records(db).find(id)
    if (!approach || approach.kind !== 'approach') throw new Problem('recordNotFound', { id })
    if (approach.status === 'withdrawn')
      throw new Problem('withdrawn', { id, reason: approach.note ?? '', at: approach.changedAt })
    return sumUp(id, (await gather(db, [id])).get(id)!)
  },
})

const values = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ maxLength: 50 }), { maxItems: 50, description: `Only what is of one of these ${what}` }),
  )
const Filters = Type.Object(
  {
    level: values('levels of education'),
    country: values('countries'),
    region: values('regions (M49)'),
    setting: values('settings'),
  },
  closed,
)

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
const Line = Type.Object({
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  practices: Type.Integer(),
  outcomes: Type.Array(Count),
  countries: Type.Integer(),
  studies: Type.Integer(),
  studiesUnsaid: Type.Integer({ description: 'Studies among them that do not say all that was asked for' }),
  directions: Type.Array(Count, { description: 'Studies by what they found: positive, no-clear, negative, or mixed' }),
  withEffect: Type.Integer(),
  median: Type.Optional(Type.Number()),
  lowest: Type.Optional(Type.Number()),
  highest: Type.Optional(Type.Number()),
  strongest: Type.Optional(Type.String({ description: 'The highest level of evidence that any study has' })),
  costs: Summary.properties.costs.properties.ranges,
  lessons: Type.Integer(),
  enough: Type.Object({ practices: Type.Boolean(), effects: Type.Boolean(), costs: Type.Boolean() }),
  connectivity: Type.Optional(Type.String()),
  electricity: Type.Optional(Type.String()),
  devices: Type.Optional(Type.String()),
  panels: Type.Array(Type.Unknown(), { description: 'As in the record of the approach' }),
})
export type ApproachLine = Static<typeof Line>

export const approachComparison = operation({
  name: 'approaches.compare',
  summary: 'All approaches beside one another: practices, outcomes, effects, strength of evidence, cost and needs',
  http: 'GET /approach-comparison',
  input: Filters,
  output: Type.Object({
    rules: Type.String(),
    approaches: Type.Array(Line),
    offered: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'By filter, the values that a practice or study of any approach has',
    }),
  }),
  allow: () => true,
  doubts: codesDoubted({ level: 'levels', country: 'countries', region: 'regions', setting: 'settings' }),
  run: async ({ db }, filters) => {
    const approaches = await allApproaches(db)
    const members = await gather(
      db,
      approaches.map(({ id }) => id),
    )
    return {
      rules,
      approaches: approaches.map((approach) => {
        const { members: counted, unsaid } = narrowed(members.get(approach.id)!, filters)
        return { ...lineOf(approach, counted), studiesUnsaid: unsaid }
      }),
      offered: offeredIn([...members.values()]),
    }
  },
})

/** All the world is no place to narrow to. */
const wholeWorld = '001'

function offeredIn(members: readonly Members[]): Record<string, string[]> {
  const all = members.flatMap(({ practices, studies }) => [...practices, ...studies])
  const valuesOf = (field: string) => [...new Set(all.flatMap((record) => linksIn(record, field)))]
  const country = valuesOf('countries')
  return {
    level: valuesOf('levels'),
    country,
    region: [...new Set(country.flatMap(regionsOf))].filter((code) => code !== wholeWorld),
    setting: valuesOf('settings'),
  }
}

const atOnce = 500

async function allApproaches(db: Kysely<unknown>): Promise<StoredRecord[]> {
  const all: StoredRecord[] = []
  for (;;) {
    const page = await records(db).list('approach', { after: all.at(-1)?.number ?? 0, limit: atOnce })
    all.push(...page)
    if (page.length < atOnce) return all
  }
}

function lineOf({ id, body }: StoredRecord, members: Members): Omit<ApproachLine, 'studiesUnsaid'> {
  const { practices, effects, costs, lessons } = sumUp(id, members)
  const { median, lowest, highest } = effects
  const strongest = effects.levels[0]?.value
  const needs = Object.fromEntries(
    ['connectivity', 'electricity', 'devices'].flatMap((name) =>
      typeof body[name] === 'string' ? [[name, body[name]]] : [],
    ),
  )
  return {
    id,
    title: body.title,
    originalLanguage: body.originalLanguage,
    practices: practices.total,
    outcomes: practices.outcomes,
    countries: practices.countries.length,
    studies: effects.studies.length,
    directions: effects.directions,
    withEffect: effects.withEffect,
    ...(median !== undefined && { median }),
    ...(lowest !== undefined && { lowest }),
    ...(highest !== undefined && { highest }),
    ...(strongest && { strongest }),
    costs: costs.ranges,
    lessons: lessons.total,
    enough: { practices: practices.enough, effects: effects.enough, costs: costs.enough },
    ...needs,
    panels: (body['panels'] ?? []) as unknown[],
  }
}
