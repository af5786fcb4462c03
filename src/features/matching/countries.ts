/** What statistics say of a country, and what that suggests of a school there. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { newestOf, type Newest } from '#features/indicators/newest.ts'
import type { Place } from './measure.ts'
import known from './country-facts.json' with { type: 'json' }

type Known = { income?: string; languages?: string[] }
const countries: Readonly<Record<string, Known>> = known
const knownOf = (code: string): Known => (Object.hasOwn(countries, code) ? countries[code]! : {})

/** `asOf`: the month of a classification; `through`: who passed it on. */
export type StatisticsSource = { name: string; licence: string; address: string; asOf?: string; through?: string }

/** Where values come from: the names are the publishers' own. `tools/country-facts.ts` makes the file from them. */
export const sources = {
  uis: { name: 'UNESCO Institute for Statistics', licence: 'CC BY-SA 3.0 IGO', address: 'https://uis.unesco.org' },
  gapminder: {
    name: 'Gapminder, Systema Globalis',
    licence: 'CC BY 4.0',
    address: 'https://github.com/open-numbers/ddf--gapminder--systema_globalis',
  },
  worldBank: {
    name: 'World Bank',
    asOf: '2021-07',
    through: 'UNESCO Institute for Statistics',
    licence: 'CC BY-SA 3.0 IGO',
    address: 'https://uis.unesco.org',
  },
  cldr: { name: 'Unicode CLDR', licence: 'Unicode-3.0', address: 'https://cldr.unicode.org' },
} as const satisfies Record<string, StatisticsSource>
export type SourceName = keyof typeof sources

/** World Bank income group (July 2021), where the country has one. */
export const incomeGroupOf = (country: string): string | undefined => knownOf(country).income

/** Every language that some country's people use, for lists to choose from. */
export const spokenLanguages: readonly string[] = [
  ...new Set(Object.values(countries).flatMap(({ languages = [] }) => languages)),
]

export const indicatorNames = ['electricity', 'internet', 'computers', 'internetUsers'] as const
export type IndicatorName = (typeof indicatorNames)[number]

const schoolLevels = ['1', '2', '3']

/** The level asked for and no other, for which schools may differ much; where none is asked for, from the youngest. */
const levelsAsked = (level: string | undefined) =>
  level === undefined ? schoolLevels : schoolLevels.filter((one) => one === level)
/** The indicators that are asked for each, and the source of their values. */
const asked: Readonly<Record<IndicatorName, { code: string; source: SourceName }>> = {
  electricity: { code: 'schbsp_welec', source: 'uis' },
  internet: { code: 'schbsp_wintern', source: 'uis' },
  computers: { code: 'schbsp_wcomput', source: 'uis' },
  internetUsers: { code: 'internet_users', source: 'gapminder' },
}
/** What a country is asked by, as the records of indicators are called. */
export const indicatorCode = (name: IndicatorName): string => asked[name].code

const wanted = indicatorNames.flatMap((name) =>
  (name === 'internetUsers' ? [''] : schoolLevels.map((level) => `level=${level}`)).map((dimensions) => ({
    indicator: asked[name].code,
    dimensions,
  })),
)

const Indicator = Type.Object({
  name: Type.Enum([...indicatorNames]),
  code: Type.String({ description: 'Code of the indicator' }),
  level: Type.Optional(Type.String({ description: 'Education level (ISCED) of the schools' })),
  value: Type.Number({ description: 'Percent' }),
  year: Type.Integer(),
  source: Type.Enum(Object.keys(sources) as SourceName[]),
})
const optional = Type.Optional(Type.String())
export const CountryContext = Type.Object({
  country: Type.String(),
  level: Type.Optional(Type.String({ description: 'As it was asked for' })),
  indicators: Type.Array(Indicator),
  missing: Type.Array(Type.Enum([...indicatorNames]), { description: 'Of which there is no figure for that level' }),
  suggested: Type.Object({
    incomeGroup: optional,
    language: Type.Optional(Type.Array(Type.String())),
  }),
})
export type CountryContext = Static<typeof CountryContext>

/** @throws Problem notFound for what is no country. */
export async function readContext(db: Kysely<unknown>, country: string, level?: string): Promise<CountryContext> {
  if (!termOf('countries', country)) throw noSuch('country', country)
  return contextOf(country, level, await newestOf(db, country, wanted))
}

/** What the newest values of a country say of its schools. */
export function contextOf(country: string, level: string | undefined, newest: readonly Newest[]): CountryContext {
  const { income, languages } = knownOf(country)
  const at = (name: IndicatorName, dimensions: string) =>
    newest.find((one) => one.indicator === asked[name].code && one.dimensions === dimensions)
  const indicators = indicatorNames.flatMap((name): CountryContext['indicators'] => {
    const levels = name === 'internetUsers' ? [undefined] : levelsAsked(level)
    const used = levels.find((one) => at(name, one ? `level=${one}` : ''))
    const found = at(name, used ? `level=${used}` : '')
    if (!found) return []
    const { code, source } = asked[name]
    return [{ name, code, ...(used && { level: used }), value: found.value, year: found.period, source }]
  })
  return {
    country,
    ...(level !== undefined && { level }),
    indicators,
    missing: indicatorNames.filter((name) => !indicators.some((one) => one.name === name)),
    suggested: {
      ...(income && { incomeGroup: income }),
      ...(languages && { language: [...languages] }),
    },
  }
}

/** Which share of schools each condition is judged by. How many people are online says nothing of a school. */
const conditionOf = { electricity: 'electricity', internet: 'connectivity', computers: 'devices' } as const

/** A country as a place: shares of its schools, and its income group. */
export function placeIn({ country, indicators, suggested: { incomeGroup } }: CountryContext): Place {
  const shares: NonNullable<Place['shares']> = {}
  for (const { name, value, year, level, source } of indicators)
    if (name !== 'internetUsers')
      shares[conditionOf[name]] = { value, year, ...(level && { level }), source: sources[source].name }
  return { country, shares, ...(incomeGroup && { incomeGroup }) }
}

export const countryContext = operation({
  name: 'countries.context',
  summary: 'Read what statistics say of the schools of a country, and what that suggests of a place there',
  http: 'GET /countries/:country/context',
  input: Type.Object(
    {
      country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' }),
      level: Type.Optional(
        Type.String({ maxLength: 20, description: 'Education level; the youngest with figures where absent' }),
      ),
    },
    closed,
  ),
  output: CountryContext,
  allow: () => true,
  run: ({ db }, { country, level }) => readContext(db, country, level),
})
