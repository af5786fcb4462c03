import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { placeIn, readContext } from './countries.ts'
import { gradeOf, grades, verdicts, type Grade } from './grade.ts'
import { criteria, fitOf, isAsked, isDoneIn, scorer, weights, type Facts, type Place, type Score } from './measure.ts'

const codes = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20, description }))
const code = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 100, description }))

export const FitInput = Type.Object(
  {
    level: codes('Education levels'),
    setting: codes('Settings'),
    connectivity: code('Connectivity: none, shared or reliable'),
    electricity: code('Electricity: none, shared or reliable'),
    devices: code('Access to devices'),
    language: codes('Languages of learners and teachers (BCP 47)'),
    incomeGroup: code('World Bank income group'),
    country: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}$',
        description:
          'ISO 3166-1 alpha-2. Its statistics stand in for connectivity, electricity, devices and income group where they are not given',
      }),
    ),
    budget: Type.Optional(Type.Number({ minimum: 0, description: 'What there is for each learner in a year' })),
    currency: Type.String({ pattern: '^[A-Z]{3}$', default: 'USD', description: 'Of the budget (ISO 4217)' }),
    outcome: codes('Only practices that turned out so, such as worked; all where none is given'),
    from: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0, description: 'How many to pass over' }),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  },
  closed,
)
/** The list of each thing that is told of a place. */
export const placeLists = {
  level: 'levels',
  setting: 'settings',
  connectivity: 'conditions',
  electricity: 'electricity',
  devices: 'device-access',
  language: 'languages',
  incomeGroup: 'income-groups',
  country: 'countries',
  outcome: 'outcomes',
} as const
export type FitInput = Static<typeof FitInput>

const Reason = Type.Object({
  criterion: Type.Enum([...criteria]),
  verdict: Type.Enum([...verdicts]),
  weight: Type.Number(),
  here: Type.Array(Type.String(), { description: 'What was told of the place' }),
  there: Type.Array(Type.String(), { description: 'What the practice says' }),
  share: Type.Optional(
    Type.Object(
      { value: Type.Number(), year: Type.Integer(), level: Type.Optional(Type.String()), source: Type.String() },
      { description: 'Percent of the schools of the country that have it, by which it was judged likely or unlikely' },
    ),
  ),
  region: Type.Optional(Type.String({ description: 'Region (M49) that the countries have in common' })),
})
export const Fitting = Type.Object({
  total: Type.Integer({ description: 'Practices that were held against the place, of those with such an outcome' }),
  asked: Type.Array(Type.Enum([...criteria])),
  weights: Type.Record(Type.String(), Type.Number()),
  said: Type.Record(Type.String(), Type.Integer(), {
    description: 'For each thing asked, how many practices say anything about it',
  }),
  results: Type.Array(
    Type.Object({
      record: StoredRecord,
      score: Type.Number({
        description: 'From -1, fits in nothing asked, to 1, fits in all; 0 for what says nothing, which comes last',
      }),
      grade: Type.Enum([...grades], {
        description:
          'The word for its fit, from what is known; `tooLittle` where that is less than half of what was asked',
      }),
      isDoneHere: Type.Boolean({ description: 'It was done in the country that was asked for' }),
      reasons: Type.Array(Reason, { description: 'Without what no practice says anything about' }),
    }),
  ),
  next: Type.Union([Type.Integer(), Type.Null()], { description: '`from` of the following page' }),
})
export type Fitting = Static<typeof Fitting>

/** What was told, and for the rest what statistics say of the country. */
function placeOf(
  { budget, currency, outcome: _outcome, from: _from, limit: _limit, ...told }: FitInput,
  country: Place,
): Place {
  return { ...country, ...told, ...(budget !== undefined && { budget: { amount: budget, currency } }) }
}

type Scored = Score & { number: number; ended: number; isDoneHere: boolean }
type Ranked = Scored & { grade: Grade; leads: boolean }

/** Of equals, what worked stands before what is not known to have, and that before what did not. */
const ends = ['worked', 'partly-worked', 'too-early', 'stopped', 'did-not-work']
const endOf = ({ outcome = 'too-early' }: Facts) => ends.indexOf(outcome)

/**
 * What was done in the country leads, unless it does not fit what was told; then by the word for its fit. Of equals the one
 * that ended better comes first, then the one that fits in more, then the one that says more of itself, then the newer.
 */
const byFit = (a: Ranked, b: Ranked) =>
  Number(b.leads) - Number(a.leads) ||
  (a.leads ? 0 : grades.indexOf(a.grade) - grades.indexOf(b.grade)) ||
  a.ended - b.ended ||
  b.score - a.score ||
  b.tally.known - a.tally.known ||
  b.number - a.number

const isWanted = ({ outcome: said }: Facts, { outcome = [] }: FitInput): boolean =>
  outcome.length === 0 || (said !== undefined && outcome.includes(said))

export const fit = operation({
  name: 'practices.match',
  summary: 'Rank practices by how well they fit a place, and say for each why it fits and where it does not',
  http: 'GET /practices/match',
  input: FitInput,
  output: Fitting,
  allow: () => true,
  doubts: codesDoubted(placeLists),
  run: async ({ services, db }, input): Promise<Fitting> => {
    const { country, level } = input
    const place = placeOf(input, country ? placeIn(await readContext(db, country, level?.[0])) : {})
    const all = await services.contexts.current()
    const asked = criteria.filter((one) => isAsked(place, one))
    const said = Object.fromEntries(asked.map((one) => [one, 0]))
    const scoreOf = scorer(place)
    const scored: Scored[] = []
    for (const [number, facts] of all) {
      if (!isWanted(facts, input)) continue
      const score = scoreOf(facts)
      for (const criterion of score.says) said[criterion]! += 1
      scored.push({ number, ...score, ended: endOf(facts), isDoneHere: isDoneIn(place, facts) })
    }
    // Of what no practice says anything, none can be known: it is no lack of one practice.
    const told = asked.filter((one) => said[one]! > 0)
    const weight = told.reduce((sum, one) => sum + weights[one], 0)
    const ranked = scored.map((one) => rankedBy(one, weight)).sort(byFit)
    const shown = ranked.slice(input.from, input.from + input.limit)
    const found = await records(db).byNumbers(shown.map(({ number }) => number))
    return {
      total: ranked.length,
      asked,
      weights,
      said,
      results: found
        .filter(({ status, number }) => status === 'published' && all.has(number))
        .map((record) => {
          const { score, grade, isDoneHere } = shown.find(({ number }) => number === record.number)!
          const reasons = fitOf(place, all.get(record.number)!).reasons.filter(({ criterion }) => said[criterion]! > 0)
          return { record, score, grade, isDoneHere, reasons }
        }),
      next: input.from + input.limit < ranked.length ? input.from + input.limit : null,
    }
  },
})

function rankedBy(scored: Scored, weight: number): Ranked {
  const grade = gradeOf(scored.tally, weight)
  return { ...scored, grade, leads: scored.isDoneHere && grade !== 'not' }
}
