/** Tables: CSV, TSV, JSON Lines or a list of objects in JSON. A column means a term by its name, or as a curator said. */
import { createHash } from 'node:crypto'
import { guessDelimiter, readPeoplesCsv, withoutSeparatorLine } from '#codecs/csv/read-csv.ts'
import { identifierIn, stated, type Stated, type Statement } from '#codecs/metadata/statement.ts'
import { isItem, listOf } from '#codecs/schema-org/read-schema-org.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { plainName } from '#records/vocabularies/names.ts'
import type { Mapping } from '../shapes.ts'
import type { Column, Document, Input } from './input.ts'
import usual from './usual-columns.json' with { type: 'json' }

/** Terms that a column may mean; `url` is where people find it, `identifier` under what its source knows it. */
export const columnTerms = Object.keys(usual) as (keyof typeof usual)[]

const byName = new Map(
  Object.entries(usual).flatMap(([term, names]) => [term, ...names].map((name) => [plainName(name), term])),
)

/** Cells that hold several values. */
const several: Readonly<Record<string, RegExp>> = {
  keyword: /\s*[;|,\n]\s*/,
  language: /\s*[;|,\n/]\s*/,
  subject: /\s*[;|\n]\s*/,
  creator: /\s*[;|\n]\s*/,
  contributor: /\s*[;|\n]\s*/,
  audience: /\s*[;|\n]\s*/,
  educationLevel: /\s*[;|\n]\s*/,
  format: /\s*[;|\n]\s*/,
}

type Cells = Record<string, string>

function meaningOf(name: string, mapping: Mapping): { term: string; language?: string } | undefined {
  const said = mapping.column?.[name]
  const usually = usualMeaningOf(name)
  if (said === undefined || said === usually?.term) return usually
  return said ? { term: said } : undefined
}

/** `title (fr)`, `title_fr`, `title.fr` and `title@fr` are titles in French. */
function usualMeaningOf(name: string): { term: string; language?: string } | undefined {
  const plain = plainName(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' '))
  const term = byName.get(plain) ?? byName.get(plainName(name))
  if (term) return { term }
  const [, before = '', tag = ''] = /^(.+?)[\s_.@([:-]+([a-z]{2,3})[\])]?$/i.exec(name.trim()) ?? []
  const [base, language] = [byName.get(plainName(before)), tag && languageNamed(tag)]
  return base && language ? { term: base, language } : undefined
}

function rowsIn({ text, json }: Document): Cells[] {
  if (json !== undefined) return objectsIn(json).map((one) => Object.fromEntries(flat(one)))
  const plain = withoutSeparatorLine(text)
  const [header = [], ...rows] = readPeoplesCsv(plain.text, {
    delimiter: plain.delimiter ?? guessDelimiter(plain.text),
  }).rows
  const names = header.map((name, n) => name.trim() || `#${n + 1}`)
  return rows
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => Object.fromEntries(names.map((name, n) => [name, cells[n] ?? ''])))
}

/** The objects of a list, or of the one list in an envelope. */
function objectsIn(json: unknown): Record<string, unknown>[] {
  if (Array.isArray(json)) return json.filter(isItem)
  if (!isItem(json)) return []
  const lists = Object.values(json).filter((one): one is unknown[] => Array.isArray(one) && one.some(isItem))
  return lists.length === 1 ? lists[0]!.filter(isItem) : [json]
}

/** `{ "a": { "b": 1 } }` is `a.b`; a list has a value on each line. */
function* flat(item: Record<string, unknown>, above = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(item)) {
    if (isItem(value)) yield* flat(value, `${above}${key}.`)
    else
      yield [
        above + key,
        listOf(value)
          .map((one) => (isItem(one) ? String(one['name'] ?? one['title'] ?? one['value'] ?? '') : String(one)))
          .filter(Boolean)
          .join('\n'),
      ]
  }
}

function itemOf(cells: Cells, address: string, mapping: Mapping): Stated {
  const said: Statement[] = []
  const addresses: Statement[] = []
  let identifier: string | undefined
  let url: string | undefined
  for (const [name, cell] of Object.entries(cells)) {
    const meaning = meaningOf(name, mapping)
    if (!meaning || !cell.trim()) continue
    const { term, language } = meaning
    if (term === 'identifier') identifier ??= cell
    if (term === 'url') url ??= cell
    const values = several[term] ? cell.split(several[term]) : [cell]
    for (const value of values)
      if (term === 'url') addresses.push(...stated('identifier', value))
      else said.push(...stated(term, value, language))
  }
  const bytes = JSON.stringify(cells, null, 2)
  const title = said.find(({ term }) => term === 'title')?.text
  return {
    identifier:
      identifierIn(identifier ?? url ?? title, address) ??
      identifierIn(`#${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`, address)!,
    bytes,
    statements: [...addresses, ...said],
  }
}

const columnsOf = (rows: readonly Cells[], mapping: Mapping): Column[] =>
  [...new Set(rows.slice(0, 1_000).flatMap((cells) => Object.keys(cells)))].map((name) => ({
    name,
    means: meaningOf(name, mapping)?.term ?? '',
  }))

export const table: Input = {
  name: 'table',
  recognise: (document) => {
    const { text, json } = document
    if (json !== undefined) return objectsIn(json).length > 0
    if (/^\s*</.test(text)) return false
    const [header = [], row] = readPeoplesCsv(text.slice(0, 20_000).replace(/\n[^\n]*$/, ''), {
      delimiter: guessDelimiter(text),
    }).rows
    return header.length > 1 && row !== undefined && header.some((name) => meaningOf(name, {}) !== undefined)
  },
  read: (document, mapping) => {
    const rows = rowsIn(document)
    return {
      listed: [],
      isList: false,
      items: rows.map((cells) => itemOf(cells, document.address, mapping)),
      columns: columnsOf(rows, mapping),
    }
  },
  again: (document, mapping) => rowsIn(document).map((cells) => itemOf(cells, document.address, mapping)),
}
