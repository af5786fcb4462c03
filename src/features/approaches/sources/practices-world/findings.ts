/** Studies and what they found. Nobody appraised them for this project, so their level follows from the design alone. */
import type { Row } from '#records/sources/source.ts'
import { citedIn } from '#features/export/cited.ts'
import { levelFrom } from '#features/evidence/levels/crosswalk.ts'
import { fieldsOf, known, oneLine, refuse, rowOf, unique, words } from '#records/sources/row.ts'
import { webAddress } from '#records/sources/web-address.ts'
import type { Belonging } from './belonging.ts'
import partedNotes from './notes.json' with { type: 'json' }
import { outcomeMeasured } from './outcomes.ts'
import { codes, credit, english, missing, numberIn, uriOf, worldId, type WorldRows, type WorldRow } from './rows.ts'

/** Designs → the grade that the crosswalk knows. A review is no study of its own, and gets none. */
const gradeOf: Readonly<Record<string, string>> = {
  rct: 'Randomised trial',
  rdd: 'Regression discontinuity',
  qed: 'Comparison group',
  scd: 'Single cases',
  'before-after': 'Before and after',
  correlational: 'Correlation',
  qualitative: 'Account',
}

/** Findings of which their source says that those who run what was studied studied it themselves. */
const ownStudies: ReadonlySet<string> = new Set(['ev-iread2-mid', 'ev-malawi-2year', 'ev-searle-1977', 'ev-sirip-2007'])

/** Notes that say how far the source was read, parted by hand from what they say of the finding. */
const notesApart: Readonly<Record<string, { note?: string; whatWasRead: string }>> = partedNotes
const notesOf = (key: string, note: string) => notesApart[key] ?? { note, whatWasRead: undefined }

/** Titles that are not in English; the rest are. */
const titleLanguages: Readonly<Record<string, string>> = { 'st-desalmand-1986': 'fr' }

function gradedBy(design: string) {
  const rating = gradeOf[design]
  if (!rating) return { design: design || undefined }
  const ratings = [{ scheme: 'design', rating, version: '1' }]
  return { design, ratings, evidenceLevel: levelFrom(ratings) }
}

export function studyRow({ place, key, fields }: WorldRow, { approachesOfStudy }: Belonging): Row {
  const title = oneLine(words(fields['title']))
  if (!title) return refuse(place, 'titleMissing')
  const language = titleLanguages[key] ?? 'en'
  const url = webAddress(words(fields['url']))
  const doi = words(fields['doi'])
  const citation = oneLine(words(fields['citation']))
  const { identifiers: _, ...cited } = citedIn(citation)
  const body = known({
    ...cited,
    title: { [language]: title },
    originalLanguage: language,
    citation,
    year: numberIn(fields['year']) ?? cited['year'],
    url,
    identifiers: doi ? [`https://doi.org/${doi}`] : undefined,
    ...gradedBy(words(fields['design'])),
    levels: codes(fields['levels']),
    technologies: codes(fields['technologies']),
    approaches: approachesOfStudy(key),
    countries: codes(fields['countries']),
    sampleSize: numberIn(fields['sampleSize']),
  })
  return rowOf(place, { kind: 'study', identifier: uriOf('study', key), ...(url && { url }), body })
}

export function findingRow({ place, key, fields }: WorldRow, { rows }: WorldRows): Row {
  const title = oneLine(words(fields['title']))
  const study = rows.study.get(words(fields['study']))
  if (!title) return refuse(place, 'titleMissing')
  if (!study) return refuse(place, 'linkNowhere', { key: words(fields['study']) })
  const practices = codes(fields['practices'])
  const { low, high } = fieldsOf(fields['interval'])
  const body = known({
    title: { en: title },
    originalLanguage: 'en',
    study: worldId('study', study.key),
    ...gradedBy(words(fields['design']) || words(study.fields['design'])),
    direction: words(fields['direction']),
    outcomeDomain: outcomeMeasured(words(fields['outcomeDomain']), words(fields['measure'])),
    measure: words(fields['measure']),
    comparison: words(fields['comparison']),
    period: words(fields['period']),
    sample: english(fields['sample']),
    sampleSize: numberIn(fields['sampleSize']),
    effectSize: numberIn(fields['effectSize']),
    interval: typeof low === 'number' && typeof high === 'number' ? { low, high } : undefined,
    pValue: numberIn(fields['pValue']),
    significant: typeof fields['significant'] === 'boolean' ? fields['significant'] : undefined,
    note: english(notesOf(key, words(fields['note'])).note),
    whatWasRead: english(notesOf(key, words(fields['note'])).whatWasRead),
    independent: ownStudies.has(key) ? 'no' : undefined,
    levels: codes(study.fields['levels']),
    areas: unique(practices.flatMap((one) => codes(rows.practice.get(one)?.fields['areas']))),
    countries: codes(study.fields['countries']),
    credit,
  })
  return rowOf(place, { kind: 'evidence', identifier: uriOf('evidence', key), body }, missing(practices, rows.practice))
}
