/** What is known of an approach, from what belongs to it. The rules stand in docs/guide/approaches.md, with a version. */
import { outcomeAreasOf } from '#records/vocabularies/outcome-area.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { linksIn, type Members } from './gather.ts'
import { least, rules, type StudyLine, type Summary } from './shapes.ts'

const lessonsShown = 20
const learning: ReadonlySet<string> = new Set(['literacy', 'mathematics', 'science', 'general'])
const severities = ['minor', 'serious', 'critical']

type Counts = Summary['practices']['outcomes']

export function sumUp(approach: string, members: Members): Summary {
  const practices = sumPractices(members.practices)
  const effects = sumEffects(members)
  const costs = sumCosts(members.practices)
  const needs = {
    connectivity: countsOf(members.practices, 'connectivity'),
    electricity: countsOf(members.practices, 'electricity'),
    devices: countsOf(members.practices, 'devices'),
  }
  return {
    approach,
    rules,
    least,
    practices,
    interventions: members.interventions.length,
    effects,
    costs,
    needs,
    conditions: sumConditions(members.practices),
    problems: members.practices.flatMap(problemsOf),
    causes: countsOf(members.lessons, 'causes'),
    lessons: sumLessons(members),
    unknown: unknownIn({ practices, effects, costs, needs }),
  }
}

/** The most first; where as many, by name. */
const sorted = (counts: Counts): Counts => counts.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))

function countsOf(all: readonly StoredRecord[], field: string, whereUnsaid?: string): Counts {
  const counts = new Map<string, number>()
  for (const record of all) {
    const values = linksIn(record, field)
    for (const value of new Set(values.length > 0 || !whereUnsaid ? values : [whereUnsaid]))
      counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return sorted([...counts].map(([value, count]) => ({ value, count })))
}

const textOf = (record: StoredRecord, field: string) => {
  const value = record.body[field]
  return typeof value === 'string' ? value : undefined
}
const numberOf = (record: StoredRecord, field: string) => {
  const value = record.body[field]
  return typeof value === 'number' ? value : undefined
}

function sumPractices(practices: readonly StoredRecord[]): Summary['practices'] {
  return {
    total: practices.length,
    enough: practices.length >= least.practices,
    outcomes: countsOf(practices, 'outcome', 'unsaid'),
    countries: countsOf(practices, 'countries'),
    all: practices
      .map((practice) => ({
        id: practice.id,
        title: practice.body.title,
        ...defined({ outcome: textOf(practice, 'outcome'), startedOn: textOf(practice, 'startedOn') }),
        countries: linksIn(practice, 'countries'),
      }))
      .sort((a, b) => ((a.startedOn ?? '') < (b.startedOn ?? '') ? 1 : -1)),
  }
}

function sumEffects({ studies, findings }: Members): Summary['effects'] {
  const findingsOf = Map.groupBy(findings, (finding) => linksIn(finding, 'study')[0])
  const lines = studies
    .map((study) => studyLine(study, findingsOf.get(study.id) ?? []))
    .sort((a, b) => strengthOf(b) - strengthOf(a) || (b.year ?? 0) - (a.year ?? 0) || (a.id < b.id ? -1 : 1))
  const effects = lines.flatMap(({ effect }) => effect ?? [])
  const enough = effects.length >= least.effects
  const count = (values: readonly (string | undefined)[]) =>
    [
      ...Map.groupBy(
        values.filter((value) => value !== undefined),
        (value) => value,
      ),
    ].map(([value, all]) => ({
      value,
      count: all.length,
    }))
  return {
    studies: lines,
    directions: sorted(count(lines.map(({ direction }) => direction))),
    levels: count(lines.map(({ evidenceLevel }) => evidenceLevel)).sort((a, b) => (a.value < b.value ? 1 : -1)),
    withEffect: effects.length,
    withoutEffect: sorted(count(lines.filter(({ effect }) => effect === undefined).map(({ direction }) => direction))),
    enough,
    ...(enough && { median: median(effects) }),
    ...rangeOf(effects),
  }
}

/** Designs with a group that did without. The level alone does not tell: a comparison group nobody appraised is E3. */
const comparing: ReadonlySet<string> = new Set(['rct', 'qed', 'rdd'])
const leastCompared = 4
const isCompared = (line: StudyLine) => comparing.has(line.design ?? '') || strengthOf(line) >= leastCompared

const strengthOf = ({ evidenceLevel }: StudyLine) => (evidenceLevel ? Number(evidenceLevel.slice(1)) : -1)

function studyLine(study: StoredRecord, findings: readonly StoredRecord[]): StudyLine {
  const measured = findings.filter(
    (finding) =>
      numberOf(finding, 'effectSize') !== undefined &&
      finding.body['subgroup'] !== true &&
      outcomeAreasOf(textOf(finding, 'outcomeDomain') ?? '').some((area) => learning.has(area)),
  )
  const effects = measured.map((finding) => numberOf(finding, 'effectSize')!)
  const ratings = (study.body['ratings'] ?? []) as StudyLine['ratings']
  return {
    id: study.id,
    title: study.body.title,
    countries: linksIn(study, 'countries'),
    ratings: ratings.map(({ scheme, rating }) => ({ scheme, rating })),
    findings: findings.length,
    effects: effects.length,
    ...defined({
      citation: textOf(study, 'citation'),
      year: numberOf(study, 'year'),
      design: textOf(study, 'design') ?? findings.flatMap((finding) => textOf(finding, 'design') ?? [])[0],
      evidenceLevel: textOf(study, 'evidenceLevel'),
      sampleSize: numberOf(study, 'sampleSize') ?? largest(findings),
      independent: findings.some((finding) => textOf(finding, 'independent') === 'no') ? 'no' : undefined,
      direction: directionOf(findings),
      effect: effects.length > 0 ? median(effects) : undefined,
      // Several findings have several intervals, and none of them is that of their median.
      interval: measured.length === 1 ? (measured[0]!.body['interval'] as StudyLine['interval']) : undefined,
    }),
    ...rangeOf(effects),
  }
}

function largest(findings: readonly StoredRecord[]): number | undefined {
  const sizes = findings.flatMap((finding) => numberOf(finding, 'sampleSize') ?? [])
  return sizes.length > 0 ? Math.max(...sizes) : undefined
}

/** What all findings of a study say; `mixed` where they do not agree. */
function directionOf(findings: readonly StoredRecord[]): string | undefined {
  const found = new Set(findings.flatMap((finding) => textOf(finding, 'direction') ?? []))
  return found.size > 1 ? 'mixed' : [...found][0]
}

export function median(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b)
  const middle = Math.floor(inOrder.length / 2)
  const value = inOrder.length % 2 ? inOrder[middle]! : (inOrder[middle - 1]! + inOrder[middle]!) / 2
  return Math.round(value * 1_000) / 1_000
}

const rangeOf = (values: readonly number[]) =>
  values.length > 0 ? { lowest: Math.min(...values), highest: Math.max(...values) } : {}

function sumCosts(practices: readonly StoredRecord[]): Summary['costs'] {
  const amounts = practices.flatMap((practice) => {
    const cost = practice.body['costPerLearner'] as { amount: number; currency: string } | undefined
    const year = numberOf(practice, 'costYear')
    return cost ? [{ practice: practice.id, ...cost, ...defined({ year }) }] : []
  })
  const ranges = [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, all]) => {
    const years = all.flatMap(({ year }) => year ?? [])
    return {
      currency,
      lowest: Math.min(...all.map(({ amount }) => amount)),
      highest: Math.max(...all.map(({ amount }) => amount)),
      count: all.length,
      ...(years.length > 0 && { fromYear: Math.min(...years), toYear: Math.max(...years) }),
    }
  })
  return {
    enough: amounts.length >= least.costs,
    amounts,
    ranges: ranges.sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1)),
  }
}

type Condition = { condition: string; effect: string }

function sumConditions(practices: readonly StoredRecord[]): Summary['conditions'] {
  const counts = new Map<string, { condition: string; enabling: number; hindering: number }>()
  for (const practice of practices) {
    const named = new Set(
      ((practice.body['conditions'] ?? []) as Condition[]).map(({ condition, effect }) => `${condition} ${effect}`),
    )
    for (const one of named) {
      const [condition = '', effect] = one.split(' ')
      const before = counts.get(condition) ?? { condition, enabling: 0, hindering: 0 }
      counts.set(condition, { ...before, [effect as 'enabling' | 'hindering']: before[effect as 'enabling'] + 1 })
    }
  }
  return [...counts.values()].sort(
    (a, b) => b.enabling + b.hindering - a.enabling - a.hindering || (a.condition < b.condition ? -1 : 1),
  )
}

const problemsOf = (practice: StoredRecord): Summary['problems'] =>
  ((practice.body['problemsMet'] ?? []) as { trouble: Texts; done?: Texts }[]).map(({ trouble, done }) => ({
    practice: practice.id,
    trouble,
    ...defined({ done }),
  }))

function sumLessons({ lessons, practices }: Members): Summary['lessons'] {
  const here = new Set(practices.map(({ id }) => id))
  const lines = lessons.map((lesson) => ({
    id: lesson.id,
    title: lesson.body.title,
    ...defined({
      polarity: textOf(lesson, 'polarity'),
      phase: textOf(lesson, 'phase'),
      severity: textOf(lesson, 'severity'),
    }),
    practices: linksIn(lesson, 'practices').filter((id) => here.has(id)).length,
  }))
  const weight = ({ severity }: { severity?: string }) => severities.indexOf(severity ?? '')
  lines.sort((a, b) => b.practices - a.practices || weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
  return { total: lines.length, first: lines.slice(0, lessonsShown) }
}

/** Gaps that follow from what is there; what an approach itself says is not known stands in its record. */
function unknownIn({
  practices,
  effects,
  costs,
  needs,
}: Pick<Summary, 'practices' | 'effects' | 'costs' | 'needs'>): string[] {
  const { studies, enough, withEffect, withoutEffect } = effects
  return [
    practices.enough ? '' : 'fewPractices',
    practices.total > 0 && countriesIn(practices, studies).size < 2 ? 'oneCountry' : '',
    practices.outcomes.some(({ value }) => value === 'too-early' || value === 'unsaid') ? 'outcomesOpen' : '',
    studies.length === 0 ? 'noStudy' : withEffect === 0 ? 'noEffect' : enough ? '' : 'fewEffects',
    withEffect > 0 && withoutEffect.some(({ value }) => value !== 'positive') ? 'nullsUncounted' : '',
    studies.length > 0 && !studies.some(isCompared) ? 'noComparison' : '',
    costs.amounts.length === 0 ? 'noCost' : costs.enough ? '' : 'fewCosts',
    practices.total > 0 && needs.electricity.length === 0 ? 'noElectricity' : '',
  ].filter(Boolean)
}

const countriesIn = (practices: Summary['practices'], studies: readonly StudyLine[]) =>
  new Set([...practices.countries.map(({ value }) => value), ...studies.flatMap(({ countries }) => countries)])

/** Only what has a value: an absent field is left out rather than empty. */
const defined = <Fields extends Record<string, unknown>>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>
  }
