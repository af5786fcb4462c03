/** Values of the What Works Clearinghouse → the node's own. */
import { levelFrom } from '../levels/crosswalk.ts'
import { decodeEntities } from '#codecs/markdown-links/plain-text.ts'
import type { Note } from '#records/sources/source.ts'
import { mendText } from '#records/sources/mis-decoded.ts'
import { oneLine, unique } from '#records/sources/row.ts'

export type Cells = Record<string, string>

/** A cell's text with wrongly decoded letters put right; what happened is noted once a row. */
export function mended(text: string | undefined, notes: Note[]): string {
  const { text: right, times, damaged } = mendText(decodeEntities(text ?? ''))
  const before = notes.find(({ code }) => code === 'textMended')
  if (times > 0 && before) before.values = { times: Math.max(times, Number(before.values!['times'])) }
  else if (times > 0) notes.push({ code: 'textMended', values: { times } })
  if (damaged) notes.push({ code: 'textDamaged', values: { text: right.slice(0, 80) } })
  return oneLine(right)
}

/** Numbers went through single precision at the source: `.090000004` was 0.09. */
export function numberOf(cells: Cells, field: string, notes: Note[]): number | undefined {
  const text = cells[field]?.trim()
  if (!text) return undefined
  const number = Number(text)
  if (Number.isFinite(number)) return Number(number.toPrecision(7))
  notes.push({ code: 'numberUnfit', values: { field, value: text.slice(0, 40) } })
  return undefined
}

export const versionOf = (text: string | undefined) =>
  text && Number.isFinite(Number(text)) ? String(Number(Number(text).toPrecision(6))) : undefined

const designs: Record<string, string> = { RCT: 'rct', QED: 'qed', RDD: 'rdd' }
export const designOf = (cells: Cells) => designs[cells['s_study_design'] ?? '']

/** The node's ladder beside the rating of the source. */
export function evidenceLevel(rating: string | undefined): string | undefined {
  return rating === undefined ? undefined : levelFrom([{ scheme: 'wwc', rating }])
}

export function directionOf(cells: Cells, effect: number | undefined): string | undefined {
  if (effect === undefined || !cells['f_is_stat_sig']) return undefined
  if (cells['f_is_stat_sig'] !== 'True' || effect === 0) return 'no-clear'
  return effect > 0 ? 'positive' : 'negative'
}

/** Grade bands of the United States → ISCED 2011: kindergarten 0, grades 1 to 6 primary, 7 to 9 lower, 10 to 12 upper secondary. */
const bands: Record<string, string[]> = {
  'PK & K': ['0'],
  'K-3': ['0', '1'],
  '3-6': ['1'],
  '6-9': ['1', '2'],
  '9-12': ['2', '3'],
}
const topics: Record<string, string> = { literacy: '002', math: '0541', science: '05', behavior: '003' }

export const levelsOf = (rows: Cells[]) =>
  unique(rows.flatMap((cells) => bands[cells['grade_band'] ?? ''] ?? [])).sort()
export const subjectsOf = (rows: Cells[]) => unique(rows.flatMap((cells) => topics[cells['topic'] ?? ''] ?? [])).sort()

const saysComputer =
  /computer|software|online|web-based|internet|blended learning|video game|technology-enhanced|intelligent tutoring|simcalc|digital/i
/** Programmes that run on a computer, whether or not their name says so. */
const computerProgrammes =
  /^(accelerated (math|reader)|achieve3000|algebra nation|cognitive tutor|daisyquest|dreambox|earobics|educate online|emints|fast forword|i can learn|lexia|odyssey|physics playground|powersource|read 180|read naturally|read, write & type|reading plus|reasoning mind|same-language-subtitling|successmaker|the expert mathematician|thinking reader|tutoring with the lightning squad|visual-syntactic)/i

export const usesComputer = (name: string, rows: Cells[]) =>
  computerProgrammes.test(name) ||
  saysComputer.test(name) ||
  rows.some((cells) => saysComputer.test(cells['s_citation'] ?? ''))

export function countriesOf(cells: Cells, notes: Note[]): string[] | undefined {
  if (cells['s_international'] !== '1') return ['US']
  notes.push({ code: 'countryAbroad' })
  return undefined
}

/** The cells of the columns whose last part is given, as what is true of a row. */
export const trueOf = (rows: Cells[], columns: Record<string, string>) =>
  unique(
    Object.entries(columns).flatMap(([column, value]) =>
      rows.some((cells) => Number(cells[column]) > 0) ? [value] : [],
    ),
  )
