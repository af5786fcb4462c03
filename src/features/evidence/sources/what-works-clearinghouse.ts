import type { Folder } from '#kernel/folder.ts'
import { readReference } from '#codecs/apa-reference/read-reference.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import { citedIn } from '#features/export/cited.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { approachIds } from '#features/clearing-house/approach-ids.ts'
import approachesOfInterventions from './approaches-of-interventions.json' with { type: 'json' }
import { idOf } from '#records/identifier.ts'
import { isColumn } from '#records/sources/recognise.ts'
import { known, refuse, rowOf, unique } from '#records/sources/row.ts'
import {
  countriesOf,
  designOf,
  directionOf,
  evidenceLevel,
  levelsOf,
  mended,
  numberOf,
  subjectsOf,
  trueOf,
  usesComputer,
  versionOf,
  type Cells,
} from './wwc-values.ts'

const site = 'https://ies.ed.gov/ncee/wwc'
const revision = '1e37680afa6f'

/** The columns that a file of findings is known by. */
const keys = ['s_studyid', 's_interventionid', 'f_findingid']

type Finding = { place: string; cells: Cells }

const studyUri = (id: string) => `${site}/Study/${id}`
const interventionUri = (id: string) => `${site}/Intervention/${id}`

const types = {
  s_program_type_curriculum: 'curriculum',
  s_program_type_policy: 'policy',
  s_program_type_practice: 'practice',
  s_program_type_school_level: 'school-level',
  s_program_type_supplement: 'supplement',
  s_program_type_teacher_level: 'teacher-level',
}
const settings = { s_urbanicity_rural: 'rural', s_urbanicity_suburban: 'suburban', s_urbanicity_urban: 'urban' }
const deliveries = {
  s_delivery_method_individual: 'individual',
  s_delivery_method_school: 'whole school',
  s_delivery_method_small_group: 'small group',
  s_delivery_method_whole_class: 'whole class',
}

const chosenApproaches: Readonly<Record<string, readonly string[]>> = approachesOfInterventions
const approachesOf = (name: string) => approachIds(chosenApproaches[name.replaceAll('®', '').trim()])

function interventionRow(id: string, findings: Finding[]): Row {
  const notes: Note[] = []
  const rows = findings.map(({ cells }) => cells)
  const name = mended(rows[0]!['s_intervention_name'], notes)
  const place = `${findings[0]!.place} (intervention ${id})`
  if (!name) return refuse(place, 'titleMissing')

  const computer = usesComputer(name, rows)
  const products = unique(rows.map((cells) => cells['s_product_name'] ?? ''))
    .map((product) => mended(product, notes))
    .filter(Boolean)
  const body = known({
    title: { en: name },
    originalLanguage: 'en',
    product: products.join('; ').slice(0, 500),
    types: trueOf(rows, types),
    technologies: computer ? ['computer'] : undefined,
    approaches: approachesOf(name),
    usesComputer: computer || undefined,
    levels: levelsOf(rows),
    areas: ['quality'],
  })
  return rowOf(place, { kind: 'intervention', identifier: interventionUri(id), body }, notes)
}

/** Ratings of a study differ where it was reviewed more than once; each stands with the version of its standards. */
function ratingsOf(rows: Cells[], notes: Note[]) {
  const wwc = rows.map((cells) => {
    const reason = mended(cells['s_rating_reason'], notes)
    return known({
      scheme: 'wwc',
      rating: cells['s_study_rating'],
      reason: reason ? { en: reason } : undefined,
      version: versionOf(cells['s_standards_version']),
    })
  })
  const essa = rows.flatMap((cells) =>
    cells['f_essa_rating'] ? [{ scheme: 'essa', rating: cells['f_essa_rating'] }] : [],
  )
  return [
    ...new Map(
      [...wwc, ...essa].filter(({ rating }) => rating).map((rating) => [JSON.stringify(rating), rating]),
    ).values(),
  ]
}

function yearOf(cells: Cells, notes: Note[]): number | undefined {
  const text = cells['s_publication_date'] ?? ''
  const year = /^(19|20)\d\d(?=[a-z]?(,|$))/.exec(text.trim())?.[0]
  if (!year && text) notes.push({ code: 'dateUnfit', values: { date: text } })
  return year ? Number(year) : undefined
}

const largest = (rows: Cells[], field: string) =>
  Math.max(0, ...rows.map((cells) => Number(cells[field]) || 0)) || undefined

function studyRow(id: string, findings: Finding[]): Row {
  const notes: Note[] = []
  const rows = findings.map(({ cells }) => cells)
  const first = rows[0]!
  const place = `${findings[0]!.place} (study ${id})`
  const citation = mended(first['s_citation'], notes)
  if (!citation) return refuse(place, 'titleMissing')

  const title = readReference(citation)?.title
  if (!title) notes.push({ code: 'titleTaken' })
  const levelsFound = unique(rows.flatMap((cells) => evidenceLevel(cells['s_study_rating']) ?? [])).sort()
  for (const field of ['s_study_rating', 'grade_band', 's_standards_version'])
    if (new Set(rows.map((cells) => cells[field])).size > 1) notes.push({ code: 'valuesDiffer', values: { field } })
  const computer = rows.some((cells) => usesComputer(mended(cells['s_intervention_name'], []), [cells]))
  const multisite = unique(rows.map((cells) => cells['s_multisite'])).filter(Boolean)
  const url = studyUri(id)
  const eric = unique(rows.map((cells) => cells['s_ericid'] ?? '')).filter(Boolean)

  const { identifiers: cited = [], ...published } = citedIn(citation) as { identifiers?: string[] }

  const body = known({
    ...published,
    title: { en: title ?? citation.slice(0, 200) },
    originalLanguage: 'en',
    citation: citation.slice(0, 4_000),
    publication: mended(first['s_publication'], notes).slice(0, 2_000),
    year: yearOf(first, notes),
    url,
    identifiers: [`wwc:${id}`, ...eric.map((code) => `https://eric.ed.gov/?id=${code}`), ...cited],
    interventions: unique(rows.map((cells) => idOf(interventionUri(cells['s_interventionid']!)))),
    design: designOf(first),
    // The lowest where reviews differ: a node that grades does not choose the kinder one.
    evidenceLevel: levelsFound[0],
    ratings: ratingsOf(rows, notes),
    protocol: unique(
      rows.map((cells) => [cells['s_protocol'], versionOf(cells['s_protocol_version'])].filter(Boolean).join(' ')),
    )
      .join('; ')
      .slice(0, 500),
    levels: levelsOf(rows),
    gradesAtSource: unique(rows.map((cells) => cells['grade_band'] ?? ''))
      .filter(Boolean)
      .join(', '),
    subjects: subjectsOf(rows),
    technologies: computer ? ['computer'] : undefined,
    countries: countriesOf(first, notes),
    settings: trueOf(rows, settings),
    delivery: trueOf(rows, deliveries),
    areas: ['quality'],
    multisite: multisite.length === 0 ? undefined : multisite.includes('True'),
    sampleSize: largest(rows, 'f_ss'),
  })
  return rowOf(place, { kind: 'study', identifier: url, url, body }, notes)
}

function evidenceRow({ place, cells }: Finding): Row {
  const notes: Note[] = []
  const [study, finding] = [cells['s_studyid']!, cells['f_findingid']!]
  const name = mended(cells['s_intervention_name'], notes)
  const measure = mended(cells['f_outcome_measure'], notes)
  const sample = mended(cells['f_sample_description'], notes)
  const title = [name, cells['f_outcome_domain'] || measure].filter(Boolean).join(': ')
  if (!title) return refuse(place, 'titleMissing')
  const effectSize = numberOf(cells, 'f_effect_size_wwc', notes)
  const rating = cells['f_finding_rating'] || cells['s_study_rating']
  const url = studyUri(study)
  const body = known({
    title: { en: title.slice(0, 1_000) },
    originalLanguage: 'en',
    study: idOf(url),
    intervention: idOf(interventionUri(cells['s_interventionid']!)),
    evidenceLevel: evidenceLevel(rating),
    design: designOf(cells),
    direction: directionOf(cells, effectSize),
    outcomeDomain: cells['f_outcome_domain'],
    measure: measure.slice(0, 500),
    period: cells['f_period'],
    sample: sample ? { en: sample.slice(0, 1_000) } : undefined,
    sampleSize: numberOf(cells, 'f_ss', notes),
    treatmentSize: numberOf(cells, 'f_t_ss', notes),
    comparisonSize: numberOf(cells, 'f_c_ss', notes),
    effectSize,
    improvementIndex: numberOf(cells, 'f_improvement_index', notes),
    pValue: numberOf(cells, 'f_p_value_wwc', notes),
    significant: cells['f_is_stat_sig'] ? cells['f_is_stat_sig'] === 'True' : undefined,
    subgroup: cells['f_is_subgroup'] ? cells['f_is_subgroup'] === 'True' : undefined,
    ratings: [
      ...(rating ? [{ scheme: 'wwc', rating }] : []),
      ...(cells['f_essa_rating'] ? [{ scheme: 'essa', rating: cells['f_essa_rating'] }] : []),
    ],
    levels: levelsOf([cells]),
    subjects: subjectsOf([cells]),
    areas: ['quality'],
    countries: countriesOf(cells, notes),
    identifiers: [`wwc-finding:${finding}`],
    credit: 'What Works Clearinghouse',
  })
  return rowOf(place, { kind: 'evidence', identifier: `${url}#finding-${finding}`, url, body }, notes)
}

const byNumber = ([a]: [string, unknown], [b]: [string, unknown]) => Number(a) - Number(b)

async function* read(folder: Folder): AsyncGenerator<Row> {
  const all: Finding[] = []
  for (const file of (await folder.names()).filter((name) => /\.csv$/i.test(name))) {
    const rows = readCsv(await folder.text(file))
    if (rows[0] && !keys.every((key) => key in rows[0]!.cells)) continue
    for (const { line, cells } of rows) all.push({ place: `${file}:${line}`, cells })
  }
  const isWhole = ({ cells }: Finding) => keys.every((field) => /^\d+$/.test(cells[field] ?? ''))
  const whole = all.filter(isWhole)
  for (const finding of all) if (!isWhole(finding)) yield refuse(finding.place, 'malformedLine', { problem: 'id' })

  const interventions = Map.groupBy(whole, ({ cells }) => cells['s_interventionid']!)
  const studies = Map.groupBy(whole, ({ cells }) => cells['s_studyid']!)
  for (const [id, findings] of [...interventions].sort(byNumber)) yield interventionRow(id, findings)
  for (const [id, findings] of [...studies].sort(byNumber)) yield studyRow(id, findings)
  for (const finding of whole) yield evidenceRow(finding)
}

/** A file may hold a part of the findings: what they say together of a study or intervention grows with each file. */
const sums: Source['sums'] = {
  intervention: {
    product: 'semicolons',
    types: 'all',
    technologies: 'all',
    approaches: 'all',
    usesComputer: 'either',
    levels: 'all',
  },
  study: {
    identifiers: 'all',
    interventions: 'all',
    evidenceLevel: 'least',
    ratings: 'all',
    protocol: 'semicolons',
    levels: 'all',
    gradesAtSource: 'commas',
    subjects: 'all',
    technologies: 'all',
    settings: 'all',
    delivery: 'all',
    multisite: 'either',
    sampleSize: 'largest',
    // The findings are records themselves.
    findings: 'counted',
  },
}

export const whatWorksClearinghouse: Source = {
  name: 'what-works-clearinghouse',
  title: 'What Works Clearinghouse findings',
  publisher: 'Institute of Education Sciences, U.S. Department of Education',
  kinds: ['intervention', 'study', 'evidence'],
  folder: 'evidence-wwc',
  source: {
    address:
      'https://github.com/betsyjwolf/Systematic-Differences-in-Intervention-Effect-Sizes-by-Outcome-Measure-Type',
    revision,
    licence: 'https://creativecommons.org/publicdomain/mark/1.0/',
    attribution:
      'What Works Clearinghouse, Institute of Education Sciences, U.S. Department of Education (public domain)',
  },
  expects: 'CSV: s_studyid, s_interventionid, f_findingid, …',
  recognise: (name, head) => (keys.every((column) => isColumn(head, column)) ? name : undefined),
  sums,
  read,
}
