/**
 * What a country does in the five areas of action of the UNESCO Recommendation on Open Educational Resources (2019), and what is
 * recorded of none. The rule is published on `/policies` and gets a new version whenever it is changed.
 */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import type { Services } from '#kernel/context.ts'
import { noSuch } from '#kernel/problem.ts'
import { contextOf } from '#features/matching/countries.ts'
import { openOn } from '#records/deadline.ts'
import { isOf } from '#records/kind.ts'
import { LinkedName } from '#records/linked-names.ts'
import type { Body, StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { find } from '#search/find.ts'
import { call } from './call.ts'
import { commitment } from './commitment.ts'
import { policy } from './policy.ts'

export const oerActions = ['capacity', 'policy', 'equity', 'sustainability', 'cooperation'] as const
export type OerAction = (typeof oerActions)[number]

/** What may tell of an area of action; of these, an area expects some. */
export const oerKinds = ['policy', 'commitment', 'call', 'practice', 'resource'] as const
export type OerKind = (typeof oerKinds)[number]

export const oerRule = {
  version: '1',
  since: '2026-11-28',
  /** What is missing where nothing of this kind is recorded. */
  expected: {
    capacity: ['policy', 'practice'],
    policy: ['policy', 'commitment'],
    equity: ['policy', 'practice', 'resource'],
    sustainability: ['policy', 'call'],
    cooperation: ['policy', 'practice'],
  } satisfies Record<OerAction, readonly OerKind[]>,
} as const

/** The areas of action that a practice of the area “open” is one of, by what it says of itself. */
export function actionsOfPractice(body: Readonly<Record<string, unknown>>): OerAction[] {
  const listed = (name: string) => (Array.isArray(body[name]) ? (body[name] as string[]) : [])
  const areas = listed('areas')
  return [
    ...(listed('levels').includes('teacher') ? (['capacity'] as const) : []),
    ...(areas.includes('access') || areas.includes('quality') ? (['equity'] as const) : []),
    ...(body.sustainability !== undefined ? (['sustainability'] as const) : []),
    ...(areas.includes('cooperation') || body.crossBorder === true || listed('countries').length > 1
      ? (['cooperation'] as const)
      : []),
  ]
}

const Action = Type.Object({
  action: Type.Enum([...oerActions]),
  records: Type.Object({
    policy: Type.Array(LinkedName),
    commitment: Type.Array(LinkedName),
    call: Type.Array(LinkedName, { description: 'Those that are open' }),
    practice: Type.Array(LinkedName),
  }),
  resources: Type.Array(Type.Object({ language: Type.String(), count: Type.Integer() }), {
    description: 'Resources in the languages of the country, for the area of inclusive and equitable quality',
  }),
  missing: Type.Array(Type.Enum([...oerKinds]), { description: 'What the rule expects and nobody recorded' }),
})
export const OerProgress = Type.Object({
  country: Type.String(),
  rule: Type.Object({ version: Type.String(), since: Type.String() }),
  actions: Type.Array(Action),
})
export type OerProgress = Static<typeof OerProgress>

export const oerProgress = operation({
  name: 'oer.progress',
  summary:
    'Report what a country does in the five areas of action of the UNESCO Recommendation on OER (2019), and what is missing',
  http: 'GET /countries/:country/oer',
  input: Type.Object({ country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' }) }, closed),
  output: OerProgress,
  allow: () => true,
  run: async ({ db, services, now }, { country }): Promise<OerProgress> => {
    if (!termOf('countries', country)) throw noSuch('country', country)
    const today = now().toISOString().slice(0, 10)
    const stated = await statedBy(db, country, today)
    const practices = await openPractices(services, db, country)
    const resources = await resourcesOf(services, country)
    return {
      country,
      rule: { version: oerRule.version, since: oerRule.since },
      actions: (Object.keys(codeList('oer-action-areas')!.terms) as OerAction[]).map((action) => {
        const of = (kind: string) => stated.filter((one) => one.kind === kind && actionsIn(one.body).includes(action))
        const found = {
          policy: of(policy.name).map(named),
          commitment: of(commitment.name).map(named),
          call: of(call.name).map(named),
          practice: practices.filter(({ body }) => actionsOfPractice(body).includes(action)).map(named),
        }
        const ofAction = action === 'equity' ? resources : []
        const has = (kind: OerKind) => (kind === 'resource' ? ofAction : found[kind]).length > 0
        return {
          action,
          records: found,
          resources: ofAction,
          missing: oerRule.expected[action].filter((kind) => !has(kind)),
        }
      }),
    }
  },
})

const named = ({ id, kind, body }: StoredRecord): LinkedName => ({
  id,
  kind,
  title: body.title,
  originalLanguage: body.originalLanguage,
})
const actionsIn = ({ oerActions: stated }: Body): readonly string[] => (stated ?? []) as string[]

const most = 5_000
const isCall = isOf(call)

/** Policies, commitments and open calls of a country, which say themselves in which areas they act. */
async function statedBy(db: Kysely<unknown>, country: string, today: string): Promise<StoredRecord[]> {
  const of = async (kind: string) => (await records(db).list(kind, { after: 0, limit: most })) as StoredRecord[]
  const all = [...(await of(policy.name)), ...(await of(commitment.name)), ...(await of(call.name))]
  const isOver = (one: StoredRecord) => isCall(one) && openOn(one, today).state !== 'open'
  return all.filter((one) => ((one.body.countries ?? []) as string[]).includes(country) && !isOver(one))
}

const asked = {
  q: '',
  exact: false,
  sort: 'newest',
  editions: false,
  facetLimit: 0,
  facets: [],
  assist: false,
} as const
const mostPractices = 100

async function openPractices(services: Services, db: Kysely<unknown>, country: string): Promise<StoredRecord[]> {
  const { hits } = await find(services, {
    ...asked,
    facets: [],
    kind: ['practice'],
    area: ['open'],
    country: [country],
    limit: mostPractices,
  })
  const found = await records(db).byNumbers(hits.map(({ number }) => number))
  return found.filter(({ status }) => status === 'published')
}

async function resourcesOf(services: Services, country: string): Promise<{ language: string; count: number }[]> {
  const languages = contextOf(country, undefined, []).suggested.language ?? []
  const counts = await Promise.all(
    languages.map(async (language) => {
      const { total } = await find(services, {
        ...asked,
        facets: [],
        kind: ['resource'],
        language: [language],
        limit: 0,
      })
      return { language, count: total }
    }),
  )
  return counts.filter(({ count }) => count > 0)
}
