/** What the readers of collections share: rows, and bodies that leave out what is not known. */
import { isDay } from '#kernel/days.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Draft, Note, Row } from './source.ts'
import { webAddress } from './web-address.ts'

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0)

/** The same fields without those that hold nothing. */
export function known(fields: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const key in fields) if (!isEmpty(fields[key])) body[key] = fields[key]
  return body
}

/** No text needs them, XML cannot hold them and PostgreSQL cannot keep all of them. Tabs and line ends may stay. */
// oxlint-disable-next-line no-control-regex
const controlCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g

/** Fillers that stand for a letter that is not there, and breaks of lines that no page shows as such: a space at most. */
const fillers = / ?[\u115F\u1160\u2028\u2029\u3164\uFFA0]+ ?/g
/** Places where a word may be parted: of use where no space stands between words, and nowhere else. */
const hiddenBreaks =
  /[\u00AD\uFEFF]|(?<![\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Tibetan}\u200B])\u200B+/gu

const cleanText = (text: string) =>
  text.toWellFormed().replaceAll(controlCharacters, '').replaceAll(fillers, ' ').replaceAll(hiddenBreaks, '')

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one)]))
}

/** Escaped by JSON, or those that are not. */
const mayNeedCleaning = /\\[bfu]|[\u007F\u00AD\u115F\u1160\u200B\u2028\u2029\u3164\uFEFF\uFFA0]/

/** Without control characters and halves of characters, and without an address that a browser must not follow. */
function safe(record: Draft): Draft {
  const clean = mayNeedCleaning.test(JSON.stringify(record)) ? (cleaned(record) as Draft) : record
  const { url, ...rest } = clean
  return url === undefined || webAddress(url) ? clean : rest
}

/** A record as a row, which says whether characters were taken out of its texts; refused where nothing names it. */
export function rowOf(place: string, record: Draft, notes: Note[] = []): Row {
  if (!/^(https?|urn):/i.test(record.identifier))
    return refuse(place, 'identifierUnfit', { value: record.identifier.slice(0, 100) })
  const kept = safe(record)
  const all = isDeepStrictEqual(kept.body, record.body) ? notes : [...notes, { code: 'charactersDropped' }]
  return all.length > 0 ? { place, record: kept, notes: all } : { place, record: kept }
}

export const refuse = (place: string, code: string, values?: Note['values']): Row => ({
  place,
  refused: values ? { code, values } : { code },
})

/** Why a file could not be read. @throws what is no problem of the file */
export function malformedFile(error: unknown): Note {
  if (!(error instanceof Problem)) throw error
  return { code: 'malformedFile', values: { problem: error.code, line: error.values['line'] ?? 0 } }
}

/** Files that each give rows: one that cannot be read is refused, and the next one is read. */
export async function* rowsOfFiles(
  folder: Folder,
  files: string[],
  toRows: (file: string, text: string) => Iterable<Row>,
): AsyncGenerator<Row> {
  for (const file of files)
    try {
      yield* toRows(file, await folder.text(file))
    } catch (error) {
      yield { place: file, refused: malformedFile(error) }
    }
}

/** A file of one record a line: a line that cannot be read is refused, and the next one is read. */
export async function* rowsOfLines(
  folder: Folder,
  file: string,
  toRow: (place: string, text: string) => Row,
): AsyncGenerator<Row> {
  for await (const { line, text } of folder.lines(file)) {
    if (!text.trim()) continue
    const place = `${file}:${line}`
    try {
      yield toRow(place, text)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      yield refuse(place, 'malformedLine', { problem: problem.code })
    }
  }
}

export const unique = <Value>(values: Iterable<Value>): Value[] => [...new Set(values)]

/** Spaces and line breaks become one space. */
export const oneLine = (text: string | undefined) => text?.replaceAll(/[\s\u00A0]+/g, ' ').trim() ?? ''

/** A text with its paragraphs, without spaces at the ends of lines or more than one empty line. */
export const paragraphs = (text: string | undefined) =>
  text
    ?.replaceAll(/[ \t]*\r?\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim() ?? ''

/** The calendar day that a text begins with, or a note about what stands there. */
export function dayOf(text: string, notes: Note[]): string | undefined {
  if (!text) return undefined
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(text)?.[0]
  if (day && isDay(day)) return day
  notes.push({ code: 'dateUnfit', values: { date: text.slice(0, 100) } })
  return undefined
}

/** Both ends of a time, or neither where the end comes before the beginning. */
export function inOrder(start: string | undefined, end: string | undefined, notes: Note[]) {
  if (!start || !end || end >= start.slice(0, end.length)) return { start, end }
  notes.push({ code: 'dateUnfit', values: { date: `${start} – ${end}` } })
  return { start: undefined, end: undefined }
}

/** A text no longer than it may be, or a note that its end is missing. */
export function cut(text: string, length: number, notes: Note[]): string {
  if (text.length <= length) return text
  notes.push({ code: 'textCut', values: { length } })
  return text.slice(0, length).toWellFormed()
}

/** A text in one language, or nothing when it is empty. */
export const textIn = (language: string, words: string | undefined): Record<string, string> | undefined => {
  const text = paragraphs(words)
  return text ? { [language]: text } : undefined
}

/** Values of a file nobody has checked yet: the wrong type reads as nothing. */
export const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** A name as part of an address: letters and digits of any script, the rest as hyphens. */
export const slug = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
