import type { Row } from '#records/sources/source.ts'
import { known, refuse, rowOf, words } from '#records/sources/row.ts'
import type { Belonging } from './belonging.ts'
import {
  codes,
  credit,
  english,
  machineMarks,
  missing,
  referencesOf,
  textsOf,
  uriOf,
  worldId,
  type WorldRows,
  type WorldRow,
} from './rows.ts'

export function lessonRow(
  { place, key, fields }: WorldRow,
  { rows }: WorldRows,
  { practicesOf, approachesOfLesson }: Belonging,
): Row {
  const title = textsOf(fields['title'])
  if (!title['en']) return refuse(place, 'titleMissing')
  const notes = missing(fields['practices'], rows.practice)
  const body = known({
    title,
    originalLanguage: 'en',
    polarity: words(fields['polarity']),
    recommendation: english(fields['recommendation']),
    recommendedTo: codes(fields['recommendedTo']),
    event: english(fields['event']),
    phase: words(fields['phase']),
    causes: codes(fields['causes']),
    consequence: english(fields['consequence']),
    severity: words(fields['severity']),
    holdsWhere: english(fields['holdsWhere']),
    failsWhere: english(fields['failsWhere']),
    areas: codes(fields['areas']),
    levels: codes(fields['levels']),
    technologies: codes(fields['technologies']),
    approaches: approachesOfLesson(key),
    functions: codes(fields['functions']),
    countries: codes(fields['countries']),
    settings: codes(fields['settings']),
    grounds: words(fields['grounds']),
    practices: practicesOf(key).map((one) => worldId('practice', one)),
    credit,
    references: referencesOf(fields['sources']),
  })
  const draft = { kind: 'lesson', identifier: uriOf('lesson', key), body, translations: machineMarks(title) }
  return rowOf(place, draft, notes)
}
