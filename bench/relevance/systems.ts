/** Ways to answer a question over the same records: ours, ours without what was not typed, and two that all know. */
import { DatabaseSync } from 'node:sqlite'
import { kinds, type App } from '#app'
import type { StoredRecord } from '#records/record.ts'
import { namesOf, searchDocument } from '#search/document.ts'
import { foundThrough } from '#search/found-through.ts'
import type { SearchDocument } from '#search/contract.ts'
import { search } from '#search/search.ts'

export type Question = { query: string; language: string }
/** Record identifiers, the best first, and no more than asked for. */
export type System = (asked: Question, limit: number) => Promise<string[]>

/** What the page of results shows: the records that hold all that was asked, then what is near. */
const oursIn =
  (app: App, exact: boolean): System =>
  async ({ query, language }, limit) => {
    const asked = { q: query, languages: [language], limit, exact, facets: [], facetLimit: 0 }
    const { records, near } = await app.perform(search, { kind: 'anyone' }, asked)
    return [...records, ...near].map(({ id }) => id).slice(0, limit)
  }

const wordsOf = (query: string) => query.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** SQLite’s own full-text search, with the same texts: titles count ten times, as is usual. */
function fts(found: StoredRecord[], documents: SearchDocument[], joint: 'AND' | 'OR'): System {
  const database = new DatabaseSync(':memory:')
  database.exec(
    `create virtual table record using fts5(id unindexed, title, text, tokenize = "unicode61 remove_diacritics 2")`,
  )
  const insert = database.prepare('insert into record values (?, ?, ?)')
  database.exec('begin')
  documents.forEach(({ title, texts }, at) => {
    const inTitle = texts.filter(({ weight }) => weight === 'title').map(({ text }) => text)
    const inText = texts.filter(({ weight }) => weight !== 'title').map(({ text }) => text)
    insert.run(found[at]!.id, inTitle.length > 0 ? inTitle.join('\n') : title, inText.join('\n'))
  })
  database.exec('commit')
  const select = database.prepare(
    'select id from record where record match ? order by bm25(record, 0, 10, 1), rowid limit ?',
  )
  return async ({ query }, limit) => {
    const words = wordsOf(query).map((word) => `"${word}"`)
    return words.length === 0 ? [] : select.all(words.join(` ${joint} `), limit).map(({ id }) => String(id))
  }
}

/** Every word somewhere in the text; those first that hold all of them in the title, then the shorter. */
function substring(found: StoredRecord[], documents: SearchDocument[]): System {
  const texts = documents.map(({ title, texts: all }, at) => ({
    id: found[at]!.id,
    title: title.toLowerCase(),
    text: [title, ...all.map(({ text }) => text)].join('\n').toLowerCase(),
  }))
  return async ({ query }, limit) => {
    const words = wordsOf(query)
    const hits = words.length === 0 ? [] : texts.filter(({ text }) => words.every((word) => text.includes(word)))
    const misses = ({ title }: { title: string }) => (words.every((word) => title.includes(word)) ? 0 : 1)
    return hits
      .sort((a, b) => misses(a) - misses(b) || a.text.length - b.text.length)
      .slice(0, limit)
      .map(({ id }) => id)
  }
}

export const systemNames = ['ours', 'as typed', 'FTS5 AND', 'FTS5 OR', 'substring'] as const
export type SystemName = (typeof systemNames)[number]

/** All systems over the published records of a node. */
export function systemsOver(app: App, all: StoredRecord[]): Record<SystemName, System> {
  const found = all.filter(({ status, kind }) => status === 'published' && kinds.has(kind))
  const names = new Map(found.map((record) => [record.id, record]))
  const namers = new Map<string, StoredRecord[]>()
  for (const record of found)
    for (const id of namesOf(kinds.get(record.kind)!, record.body)) namers.set(id, [...(namers.get(id) ?? []), record])
  const documents = found.map((record) =>
    searchDocument(kinds.get(record.kind)!, record, {
      names,
      namers: foundThrough(record, { kinds, names, namers }),
    }),
  )
  return {
    ours: oursIn(app, false),
    'as typed': oursIn(app, true),
    'FTS5 AND': fts(found, documents, 'AND'),
    'FTS5 OR': fts(found, documents, 'OR'),
    substring: substring(found, documents),
  }
}
