/** What the readers of collections share: rows, and bodies that leave out what is not known. */
import type { Folder } from '#core/disk.ts'
import { Problem } from '#core/problem.ts'
import type { Draft, Note, Row } from '../collection.ts'

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

export const rowOf = (place: string, record: Draft, notes: Note[] = []): Row =>
  notes.length > 0 ? { place, record, notes } : { place, record }

export const refuse = (place: string, code: string, values?: Note['values']): Row => ({
  place,
  refused: values ? { code, values } : { code },
})

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
