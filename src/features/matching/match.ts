import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { criteria, fitOf, isAsked, scorer, verdicts, weights, type Facts, type Place } from './measure.ts'

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
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })),
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
      reasons: Type.Array(Reason),
    }),
  ),
  next: Type.Union([Type.Integer(), Type.Null()], { description: '`from` of the following page' }),
})
export type Fitting = Static<typeof Fitting>

export const placeOf = ({
  budget,
  currency,
  outcome: _outcome,
  from: _from,
  limit: _limit,
  ...told
}: FitInput): Place => ({
  ...told,
  ...(budget !== undefined && { budget: { amount: budget, currency } }),
})

type Ranked = { number: number; score: number; known: number; ended: number }

/** Of equals, what worked stands before what is not known to have, and that before what did not. */
const ends = ['worked', 'partly-worked', 'too-early', 'stopped', 'did-not-work']
const endOf = ({ outcome = 'too-early' }: Facts) => ends.indexOf(outcome)

/**
 * The best first; of equals the one that ended better, then the one that says more of itself, then the newer. What says
 * nothing comes after all others.
 */
const byFit = (a: Ranked, b: Ranked) =>
  Number(b.known > 0) - Number(a.known > 0) ||
  b.score - a.score ||
  a.ended - b.ended ||
  b.known - a.known ||
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
    const place = placeOf(input)
    const all = await services.contexts.current()
    const said = Object.fromEntries(criteria.filter((one) => isAsked(place, one)).map((one) => [one, 0]))
    const scoreOf = scorer(place)
    const ranked: Ranked[] = []
    for (const [number, facts] of all) {
      if (!isWanted(facts, input)) continue
      const { score, known, says } = scoreOf(facts)
      for (const criterion of says) said[criterion]! += 1
      ranked.push({ number, score, known, ended: endOf(facts) })
    }
    ranked.sort(byFit)
    const shown = ranked.slice(input.from, input.from + input.limit)
    return {
      total: ranked.length,
      asked: criteria.filter((one) => isAsked(place, one)),
      weights,
      said,
      results: await resultsOf(shown, place, { all, read: (numbers) => records(db).byNumbers(numbers) }),
      next: input.from + input.limit < ranked.length ? input.from + input.limit : null,
    }
  },
})

async function resultsOf(
  shown: readonly Ranked[],
  place: Place,
  { all, read }: { all: ReadonlyMap<number, Facts>; read: (numbers: number[]) => Promise<StoredRecord[]> },
): Promise<Fitting['results']> {
  const found = await read(shown.map(({ number }) => number))
  return found
    .filter(({ status, number }) => status === 'published' && all.has(number))
    .map((record) => {
      const { score, reasons } = fitOf(place, all.get(record.number)!)
      return { record, score, reasons }
    })
}
