import type { Note, Row } from '#records/sources/source.ts'
import { fieldsOf, known, list, refuse, rowOf, words } from '#records/sources/row.ts'
import { webAddresses } from '#records/sources/web-address.ts'
import type { Belonging } from './belonging.ts'
import costsOfItems from '../../costs.json' with { type: 'json' }
import classes from './conditions.json' with { type: 'json' }
import type { Organisations } from './organisations.ts'
import {
  codes,
  credit,
  english,
  machineMarks,
  missing,
  numberIn,
  referencesOf,
  textsOf,
  uriOf,
  worldId,
  type WorldRows,
  type WorldRow,
} from './rows.ts'

/** The words of a condition → its class, chosen by hand. */
const classOf = new Map(Object.entries(classes).flatMap(([code, all]) => all.map((one) => [one, code] as const)))
const effects: Readonly<Record<string, string>> = { helps: 'enabling', hinders: 'hindering' }

function conditionsOf(value: unknown, notes: Note[]) {
  return list(value)
    .map(fieldsOf)
    .map((one) => {
      const condition = words(one['condition'])
      const chosen = classOf.get(condition)
      if (!chosen) notes.push({ code: 'conditionUnclassed', values: { condition } })
      const note = [condition, words(one['note'])].filter(Boolean).join('. ')
      const effect = words(one['effect'])
      return { condition: chosen ?? 'other', effect: effects[effect] ?? effect, note: english(note) }
    })
}

const problemsOf = (value: unknown) =>
  list(value)
    .map(fieldsOf)
    .map((one) => known({ trouble: english(one['trouble']), done: english(one['done']) }))
    .filter(({ trouble }) => trouble)

const moneyOf = (value: unknown) => {
  const { amount, currency } = fieldsOf(value)
  return amount === undefined ? undefined : { amount, currency }
}
const costs = ['setUpCost', 'yearlyCost', 'costPerLearner'] as const

type CostOfItem = { item: string; note: string }

/** What stands as the cost for each learner, and is the price of a device or the fee for a course by the text beside it. */
const notByYear: ReadonlyMap<string, CostOfItem> = new Map(Object.entries(costsOfItems))

/** Amounts of several years cannot stand in one record: the year is kept where all are of it. */
function costsOf(key: string, fields: Record<string, unknown>, notes: Note[]) {
  const years = new Set(costs.flatMap((name) => numberIn(fieldsOf(fields[name])['year']) ?? []))
  if (years.size > 1) notes.push({ code: 'valuesDiffer', values: { field: 'costYear' } })
  const amounts = Object.fromEntries(costs.map((name) => [name, moneyOf(fields[name])]))
  const ofItem = notByYear.get(key)
  const amount = ofItem && amounts['costPerLearner']
  return {
    ...amounts,
    ...(ofItem &&
      amount && {
        costPerLearner: undefined,
        costItems: [{ item: ofItem.item, amount, note: english(ofItem.note) }],
      }),
    costYear: years.size === 1 ? [...years][0] : undefined,
  }
}

/** To a tenth of a degree, some ten kilometres: a school of few pupils cannot be told by it. */
function coarsened(value: unknown) {
  const { latitude, longitude } = fieldsOf(value)
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined
  return { latitude: Math.round(latitude * 10) / 10, longitude: Math.round(longitude * 10) / 10 }
}

function organisationsOf(value: unknown, organisations: Organisations) {
  const all = list(value)
    .map(fieldsOf)
    .filter((one) => words(one['name']))
    .map((one) => ({
      organisation: organisations.idOf(words(one['name']), words(one['country'])),
      role: words(one['role']),
    }))
  return [...new Map(all.map((one) => [`${one.organisation} ${one.role}`, one])).values()]
}

export function practiceRow(
  { place, key, fields }: WorldRow,
  { rows }: WorldRows,
  organisations: Organisations,
  { approachesOf, evidenceOf }: Belonging,
): Row {
  const [title, summary] = [textsOf(fields['title']), textsOf(fields['summary'])]
  if (!title['en']) return refuse(place, 'titleMissing')
  const notes = [...missing(fields['lessons'], rows.lesson), ...missing(fields['evidence'], rows.evidence)]
  const approaches = approachesOf(key)
  if (approaches.length === 0) notes.push({ code: 'approachMissing' })
  const body = known({
    title,
    originalLanguage: 'en',
    summary,
    type: words(fields['type']),
    outcome: words(fields['outcome']),
    stage: words(fields['stage']),
    areas: codes(fields['areas']),
    levels: codes(fields['levels']),
    technologies: codes(fields['technologies']),
    approaches,
    functions: codes(fields['functions']),
    delivery: codes(fields['delivery']),
    countries: codes(fields['countries']),
    place: english(fields['place']),
    coordinates: coarsened(fields['coordinates']),
    geographicExtent: words(fields['geographicExtent']),
    settings: codes(fields['settings']),
    connectivity: words(fields['connectivity']),
    electricity: words(fields['electricity']),
    devices: words(fields['devices']),
    ...costsOf(key, fields, notes),
    costDrivers: english(fields['costDrivers']),
    funding: codes(fields['fundingSources']).map((source) => ({ source })),
    problem: english(fields['problem']),
    objectives: english(fields['objectives']),
    description: english(fields['description']),
    results: english(fields['results']),
    unintendedEffects: english(fields['unintendedEffects']),
    lostOut: english(fields['lostOut']),
    lessons: english(fields['lessonsText']),
    sustainability: english(fields['sustainability']),
    organisations: organisationsOf(fields['organisations'], organisations),
    evidence: evidenceOf(key).map((one) => worldId('evidence', one)),
    startedOn: words(fields['startedOn']),
    endedOn: words(fields['endedOn']),
    peopleReached: numberIn(fields['peopleReached']),
    conditions: conditionsOf(fields['conditions'], notes),
    problemsMet: problemsOf(fields['problemsMet']),
    websites: webAddresses(codes(fields['websites']).join(' ')),
    keywords: codes(fields['keywords']).length > 0 ? { en: codes(fields['keywords']) } : undefined,
    licence: 'CC-BY-4.0',
    credit,
    references: referencesOf(fields['sources']),
  })
  const draft = {
    kind: 'practice',
    identifier: uriOf('practice', key),
    body,
    translations: machineMarks(title, summary),
  }
  return rowOf(place, draft, notes)
}
