/**
 * How well a practice fits a place. Each thing that was told of the place is held against what the practice says of
 * itself: met, near, not, or unknown. A country's figure is a share of its schools: it makes something likely or
 * unlikely, never certain. What is unknown, and what the practice brings along, neither speaks for nor against.
 */
import { regionsOf } from '#records/vocabularies/index.ts'
import { incomeGroupOf } from './countries.ts'
import { count, emptyTally, gradeOf, verdicts, type Grade, type Tally, type Verdict } from './grade.ts'

export const criteria = [
  'level',
  'connectivity',
  'electricity',
  'devices',
  'setting',
  'language',
  'budget',
  'incomeGroup',
  'country',
] as const
export type Criterion = (typeof criteria)[number]

/** What counts most is whom it is for and whether it can run there at all; that it is the same country counts least. */
export const weights: Record<Criterion, number> = {
  level: 3,
  connectivity: 3,
  electricity: 2,
  devices: 2,
  setting: 2,
  language: 2,
  budget: 2,
  incomeGroup: 1,
  country: 1,
}
/** What a school has or has not, and of which a country's statistics know a share only. */
export const conditions = ['connectivity', 'electricity', 'devices'] as const
export type Condition = (typeof conditions)[number]
const isCondition = (criterion: Criterion): criterion is Condition => conditions.some((one) => one === criterion)

/** Percent of the schools of a country that have it: with its year, the level of the schools, and who says so. */
export type Share = { value: number; year: number; level?: string; source: string }

/** From this share of schools on, that a school has it is likelier than not. */
const likelyFrom = 50

type Money = { amount: number; currency: string }

/** The known facts of a place; unknown ones are not compared. */
export type Place = {
  level?: string[] | undefined
  connectivity?: string | undefined
  electricity?: string | undefined
  devices?: string | undefined
  setting?: string[] | undefined
  language?: string[] | undefined
  /** For each learner in a year. */
  budget?: Money | undefined
  incomeGroup?: string | undefined
  country?: string | undefined
  /** What statistics of the country say where nobody told how it is in the place itself. */
  shares?: Partial<Record<Condition, Share>> | undefined
}

/** What a practice says of where it was done; empty where it says nothing. */
export type Facts = {
  level: readonly string[]
  connectivity: readonly string[]
  electricity: readonly string[]
  devices: readonly string[]
  setting: readonly string[]
  language: readonly string[]
  country: readonly string[]
  cost: Money | undefined
  /** What it comes with, as a programme of devices does with devices: a place need not have it before. */
  brings?: readonly Condition[] | undefined
  /** Of radio, television and telephones, and of learners’ own devices, a share of schools with computers says nothing. */
  withoutSchoolComputers?: boolean | undefined
  /** How it turned out, by which practices can be left out; it fits no place better or worse. */
  outcome?: string | undefined
}

export type Reason = {
  criterion: Criterion
  verdict: Verdict
  weight: number
  here: string[]
  there: string[]
  /** What it was judged by where the place itself told nothing. */
  share?: Share
  /** The region that the countries have in common, by which they are near (M49). */
  region?: string
}
export type Fit = { score: number; known: number; reasons: Reason[]; grade: Grade; isDoneHere: boolean }

/** The order of a list of supplies; “one for each learner” and “their own” are worth the same. */
const supplies = ['none', 'shared', 'reliable']
const devices = ['none', 'one-per-class', 'shared', 'one-to-one', 'own']
const deviceRank = (code: string) => Math.min(devices.indexOf(code), devices.indexOf('one-to-one'))
const incomes = Object.keys({ low: 0, 'lower-middle': 1, 'upper-middle': 2, high: 3 })
const nearSettings: readonly (readonly [string, string])[] = [
  ['urban', 'suburban'],
  ['suburban', 'rural'],
  ['rural', 'remote'],
  ['remote', 'camp'],
]

/** Verdicts stand in the order of what they are worth. */
const best = (all: readonly Verdict[]): Verdict => verdicts.find((one) => all.includes(one)) ?? 'unknown'

/** Best of each told value beside each said one. */
const anyOf = (
  here: readonly string[],
  there: readonly string[],
  compare: (a: string, b: string) => Verdict,
): Verdict => best(here.flatMap((one) => there.map((other) => compare(one, other))))

const byDistance = (distance: number): Verdict => (distance <= 0 ? 'met' : distance === 1 ? 'near' : 'not')

/** A practice that did with less will do with more; one step less may be bridged. */
const enough = (has: number, needs: number): Verdict => (has < 0 || needs < 0 ? 'unknown' : byDistance(needs - has))

const alike = (a: number, b: number): Verdict => (a < 0 || b < 0 ? 'unknown' : byDistance(Math.abs(a - b)))

const sameOr =
  (near: (a: string, b: string) => boolean) =>
  (a: string, b: string): Verdict =>
    a === b ? 'met' : near(a, b) ? 'near' : 'not'

const isNextLevel = (a: string, b: string) => /^\d$/.test(a) && /^\d$/.test(b) && Math.abs(Number(a) - Number(b)) === 1
const isLikeSetting = (a: string, b: string) => nearSettings.some((pair) => pair.includes(a) && pair.includes(b))
const isInRegion = (a: string, b: string) => regionsOf(a)[0] !== undefined && regionsOf(a)[0] === regionsOf(b)[0]
const primaryTag = (tag: string) => tag.split('-')[0]!.toLowerCase()

/** Half as much again may be found; the double will not. Money in another currency is not compared. */
function affordable(budget: Money, cost: Money | undefined): Verdict {
  if (!cost || cost.currency !== budget.currency) return 'unknown'
  return cost.amount <= budget.amount ? 'met' : cost.amount <= budget.amount * 1.5 ? 'near' : 'not'
}

type Judged = { here: string[]; there: string[]; verdict: Verdict }
const told = (value: string | readonly string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : [...value]
const amountOf = (money: Money | undefined) => (money ? [`${money.amount} ${money.currency}`] : [])

const judges: Record<Criterion, (place: Place, facts: Facts) => Judged> = {
  level: (place, { level }) => pair(place.level, level, sameOr(isNextLevel)),
  setting: (place, { setting }) => pair(place.setting, setting, sameOr(isLikeSetting)),
  connectivity: supplied('connectivity', (code) => supplies.indexOf(code)),
  electricity: supplied('electricity', (code) => supplies.indexOf(code)),
  devices: supplied('devices', deviceRank),
  language: (place, { language }) =>
    pair(place.language, language, (a, b) => (primaryTag(a) === primaryTag(b) ? 'met' : 'not')),
  country: (place, { country }) => pair(place.country, country, sameOr(isInRegion)),
  incomeGroup: (place, { country }) =>
    pair(place.incomeGroup, [...new Set(country.flatMap((code) => incomeGroupOf(code) ?? []))], (a, b) =>
      alike(incomes.indexOf(a), incomes.indexOf(b)),
    ),
  budget: ({ budget }, { cost }) => ({
    here: amountOf(budget),
    there: amountOf(cost),
    verdict: budget ? affordable(budget, cost) : 'unknown',
  }),
}

function pair(
  value: string | readonly string[] | undefined,
  there: readonly string[],
  compare: (a: string, b: string) => Verdict,
): Judged {
  const here = told(value)
  return { here, there: [...there], verdict: anyOf(here, there, compare) }
}

/** What the place told of itself stands; else the share of schools in its country says how likely it is. */
function supplied(name: Condition, rank: (code: string) => number) {
  return (place: Place, facts: Facts): Judged => {
    const [there, share] = [facts[name], place.shares?.[name]]
    if (place[name] !== undefined || !share) return pair(place[name], there, (a, b) => enough(rank(a), rank(b)))
    return { here: [], there: [...there], verdict: best(there.map((code) => byShare(share, rank(code)))) }
  }
}

/** What needs nothing runs in any school. */
const byShare = ({ value }: Share, needs: number): Verdict =>
  needs < 0 ? 'unknown' : needs === 0 ? 'met' : value >= likelyFrom ? 'likely' : 'unlikely'

const isByShare = (place: Place, criterion: Criterion): criterion is Condition =>
  isCondition(criterion) && place[criterion] === undefined && place.shares?.[criterion] !== undefined

export const isDoneIn = ({ country }: Place, facts: Facts): boolean =>
  country !== undefined && facts.country.includes(country)

/** What was done in the country ran under its conditions, whatever an average says; what is brought need not be there. */
function settled(verdict: Verdict, criterion: Criterion, place: Place, facts: Facts): Verdict {
  if (verdict !== 'unlikely' && verdict !== 'likely' && verdict !== 'not') return verdict
  const isShare = isByShare(place, criterion)
  if (isShare && isDoneIn(place, facts)) return 'met'
  if (verdict !== 'likely' && facts.brings?.some((one) => one === criterion)) return 'brought'
  return isShare && criterion === 'devices' && facts.withoutSchoolComputers ? 'unknown' : verdict
}

export const isAsked = (place: Place, criterion: Criterion): boolean => {
  const value = place[criterion]
  if (isByShare(place, criterion)) return true
  return value !== undefined && (!Array.isArray(value) || value.length > 0)
}

/**
 * Each verdict counts its worth times the weight. The sum is divided by the weights of all that was asked: 1 is a fit in
 * everything, 0 says nothing either way, -1 fits in nothing.
 */
export function fitOf(place: Place, facts: Facts): Fit {
  const reasons = criteria.filter((criterion) => isAsked(place, criterion)).map((one) => reasonFor(one, place, facts))
  const tally = emptyTally()
  for (const { verdict, weight } of reasons) count(tally, verdict, weight)
  const asked = reasons.reduce((sum, { weight }) => sum + weight, 0)
  return {
    score: asked === 0 ? 0 : tally.sum / asked,
    known: tally.known,
    reasons,
    grade: gradeOf(tally, asked),
    isDoneHere: isDoneIn(place, facts),
  }
}

function reasonFor(criterion: Criterion, place: Place, facts: Facts): Reason {
  const judged = judges[criterion](place, facts)
  const region = criterion === 'country' && judged.verdict === 'near' ? regionsOf(judged.here[0]!)[0] : undefined
  return {
    criterion,
    weight: weights[criterion],
    ...judged,
    verdict: settled(judged.verdict, criterion, place, facts),
    ...(isByShare(place, criterion) && { share: place.shares![criterion]! }),
    ...(region && { region }),
  }
}

/** The part of what a practice says that a criterion looks at. */
const lookedAt: Record<Criterion, keyof Facts> = {
  level: 'level',
  connectivity: 'connectivity',
  electricity: 'electricity',
  devices: 'devices',
  setting: 'setting',
  language: 'language',
  budget: 'cost',
  incomeGroup: 'country',
  country: 'country',
}

export type Score = { score: number; tally: Tally; says: Criterion[] }

/**
 * The same measure without its reasons, for thousands: practices that say the same in one respect share that value
 * (`contexts.ts`), and each value is judged once.
 */
export function scorer(place: Place): (facts: Facts) => Score {
  const asked = criteria.filter((criterion) => isAsked(place, criterion))
  const all = asked.reduce((sum, criterion) => sum + weights[criterion], 0)
  const known = asked.map(() => new Map<unknown, { verdict: Verdict; says: boolean }>())
  return (facts) => {
    const tally = emptyTally()
    const says: Criterion[] = []
    for (const [i, criterion] of asked.entries()) {
      const said = facts[lookedAt[criterion]]
      let judged = known[i]!.get(said)
      if (!judged) {
        const { verdict, there } = judges[criterion](place, facts)
        judged = { verdict, says: there.length > 0 }
        known[i]!.set(said, judged)
      }
      count(tally, settled(judged.verdict, criterion, place, facts), weights[criterion])
      if (judged.says) says.push(criterion)
    }
    return { score: all > 0 ? tally.sum / all : 0, tally, says }
  }
}
