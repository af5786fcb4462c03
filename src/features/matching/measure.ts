/**
 * How well a practice fits a place. Each thing that was told of the place is held against what the practice says of
 * itself: met, near, not, or unknown. What is unknown neither speaks for nor against.
 */
import { regionsOf } from '#records/vocabularies/index.ts'
import { incomeGroupOf } from './countries.ts'

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
export const verdicts = ['met', 'near', 'not', 'unknown'] as const
export type Verdict = (typeof verdicts)[number]

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
export const worth: Record<Verdict, number> = { met: 1, near: 0.5, unknown: 0, not: -1 }

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
  /** How it turned out, by which practices can be left out; it fits no place better or worse. */
  outcome?: string | undefined
}

export type Reason = { criterion: Criterion; verdict: Verdict; weight: number; here: string[]; there: string[] }
export type Fit = { score: number; known: number; reasons: Reason[] }

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

const best = (all: readonly Verdict[]): Verdict =>
  all.includes('met') ? 'met' : all.includes('near') ? 'near' : all.length > 0 ? 'not' : 'unknown'

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
const isNeighbour = (a: string, b: string) => regionsOf(a)[0] !== undefined && regionsOf(a)[0] === regionsOf(b)[0]
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
  connectivity: (place, facts) =>
    pair(place.connectivity, facts.connectivity, (a, b) => enough(supplies.indexOf(a), supplies.indexOf(b))),
  electricity: (place, facts) =>
    pair(place.electricity, facts.electricity, (a, b) => enough(supplies.indexOf(a), supplies.indexOf(b))),
  devices: (place, facts) => pair(place.devices, facts.devices, (a, b) => enough(deviceRank(a), deviceRank(b))),
  language: (place, { language }) =>
    pair(place.language, language, (a, b) => (primaryTag(a) === primaryTag(b) ? 'met' : 'not')),
  country: (place, { country }) => pair(place.country, country, sameOr(isNeighbour)),
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

export const isAsked = (place: Place, criterion: Criterion): boolean => {
  const value = place[criterion]
  return value !== undefined && (!Array.isArray(value) || value.length > 0)
}

/**
 * Met counts its whole weight, near half of it, unknown nothing; what does not fit is taken off. The sum is divided by
 * the weights of all that was asked: 1 is a fit in everything, 0 says nothing either way, -1 fits in nothing.
 */
export function fitOf(place: Place, facts: Facts): Fit {
  const asked = criteria.filter((criterion) => isAsked(place, criterion))
  const reasons = asked.map((criterion) => ({
    criterion,
    weight: weights[criterion],
    ...judges[criterion](place, facts),
  }))
  const all = reasons.reduce((sum, { weight }) => sum + weight, 0)
  const sum = reasons.reduce((total, { weight, verdict }) => total + weight * worth[verdict], 0)
  return {
    score: all === 0 ? 0 : sum / all,
    known: reasons.filter(({ verdict }) => verdict !== 'unknown').length,
    reasons,
  }
}

export const grades = ['well', 'partly', 'little', 'not', 'unknown'] as const
export type Grade = (typeof grades)[number]

/** How well it fits in what is known, in a word. What is not known is told beside it, and makes no word better or worse. */
export function gradeOf(reasons: readonly Reason[]): Grade {
  const told = reasons.filter(({ verdict }) => verdict !== 'unknown')
  const all = told.reduce((sum, { weight }) => sum + weight, 0)
  if (all === 0) return 'unknown'
  const share = told.reduce((sum, { weight, verdict }) => sum + weight * worth[verdict], 0) / all
  return share >= 0.75 ? 'well' : share >= 0.25 ? 'partly' : share > 0 ? 'little' : 'not'
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

export type Score = { score: number; known: number; says: Criterion[] }

/**
 * The same measure without its reasons, for thousands: practices that say the same in one respect share that value
 * (`contexts.ts`), and each value is judged once.
 */
export function scorer(place: Place): (facts: Facts) => Score {
  const asked = criteria.filter((criterion) => isAsked(place, criterion))
  const all = asked.reduce((sum, criterion) => sum + weights[criterion], 0)
  const known = asked.map(() => new Map<unknown, { value: number; isKnown: boolean; says: boolean }>())
  return (facts) => {
    const found: Score = { score: 0, known: 0, says: [] }
    for (const [i, criterion] of asked.entries()) {
      const said = facts[lookedAt[criterion]]
      let judged = known[i]!.get(said)
      if (!judged) {
        const { verdict, there } = judges[criterion](place, facts)
        const value = weights[criterion] * worth[verdict]
        judged = { value, isKnown: verdict !== 'unknown', says: there.length > 0 }
        known[i]!.set(said, judged)
      }
      found.score += judged.value
      if (judged.isKnown) found.known += 1
      if (judged.says) found.says.push(criterion)
    }
    if (all > 0) found.score /= all
    return found
  }
}
