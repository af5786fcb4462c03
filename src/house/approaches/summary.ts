import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { recordId } from '../record/fields.ts'
import type { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'
import { regionsOf } from '../vocabularies/index.ts'
import { gather, linksIn, type Members } from './gather.ts'
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
type Filters = Static<typeof Filters>

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
const Line = Type.Object({
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  practices: Type.Integer(),
  outcomes: Type.Array(Count),
  countries: Type.Integer(),
  studies: Type.Integer(),
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
  output: Type.Object({ rules: Type.String(), approaches: Type.Array(Line) }),
  allow: () => true,
  run: async ({ db }, filters) => {
    const approaches = await allApproaches(db)
    const members = await gather(
      db,
      approaches.map(({ id }) => id),
    )
    return {
      rules,
      approaches: approaches.map((approach) => lineOf(approach, narrowed(members.get(approach.id)!, filters))),
    }
  },
})

const atOnce = 500

async function allApproaches(db: Kysely<unknown>): Promise<Kept[]> {
  const all: Kept[] = []
  for (;;) {
    const page = await records(db).list('approach', { after: all.at(-1)?.number ?? 0, limit: atOnce })
    all.push(...page)
    if (page.length < atOnce) return all
  }
}

/** Practices and studies that say that they are of it; findings go with their studies. Lessons hold beyond one place. */
function narrowed(members: Members, { level, country, region, setting }: Filters): Members {
  const fits = (wanted: readonly string[] | undefined, found: readonly string[]) =>
    !wanted?.length || found.some((value) => wanted.includes(value))
  const isWanted = (record: Kept) => {
    const countries = linksIn(record, 'countries')
    return (
      fits(level, linksIn(record, 'levels')) &&
      fits(country, countries) &&
      fits(region, countries.flatMap(regionsOf)) &&
      fits(setting, linksIn(record, 'settings'))
    )
  }
  const studies = members.studies.filter(isWanted)
  const kept = new Set(studies.map(({ id }) => id))
  return {
    ...members,
    practices: members.practices.filter(isWanted),
    studies,
    findings: members.findings.filter((finding) => linksIn(finding, 'study').some((id) => kept.has(id))),
  }
}

function lineOf({ id, body }: Kept, members: Members): ApproachLine {
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
