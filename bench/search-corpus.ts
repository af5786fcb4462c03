/** The same documents for the index and for its yardsticks, cut into terms once, and questions by how many find them. */
import { createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { analyse, gramMark, stemMark } from '#search/query/analysis.ts'
import type { SearchDocument } from '#search/contract.ts'
import { createSearchIndex } from '#search/index/index.ts'
import { dice } from './addresses.ts'
import type { Options } from './measure.ts'
import { keptFolder, shapeOf } from './real-node.ts'
import { documentsLike, realDocuments } from './search-documents.ts'
import { facets, type Asking, type Questions } from './search-asking.ts'
import { sqliteFiller } from './search-sqlite.ts'

export type Corpus = {
  folder: string
  count: number
  questions: Questions
  perSecond: { built: number; parsed: number }
}

const batch = 5_000
const nobody = 'zz0gap'

/** The words of a document at their positions. Those that stand beside another at its place go to `beside`. */
function tokensOf({ title, texts }: SearchDocument, beside: Set<string>): string[] {
  const whole = texts.some(({ weight }) => weight === 'title') ? texts : [{ text: title, language: 'und' }, ...texts]
  const tokens: string[] = []
  let next = 0
  for (const { text, language } of whole)
    next =
      analyse(text, language, next, (term, at) => {
        if (term.startsWith(stemMark) || term.startsWith(gramMark)) return
        if (tokens[at] === undefined) tokens[at] = encoded(term)
        else beside.add(encoded(term))
      }) + 1
  return Array.from(tokens, (token) => token ?? nobody)
}

/** What no tokenizer takes apart. */
const encoded = (term: string) => (/^[a-z0-9]+$/.test(term) ? term : `x${Buffer.from(term).toString('hex')}`)

const valuesOf = ({ values }: SearchDocument) =>
  facets.flatMap((facet) => (values[facet] ?? []).map((value) => `${facet}=${value}`))

export async function corpusOf(count: number, { say }: Options): Promise<Corpus> {
  const shape = shapeOf(['src/search', 'bench/lucene'], `2 ${count}`)
  const folder = await keptFolder(`search-${count}`, shape, async (folder) => {
    say(`making ${count.toLocaleString('en')} documents, for us and for the yardsticks`)
    await fill(folder, count, say)
  })
  const kept = JSON.parse(await readFile(join(folder, 'questions.json'), 'utf8')) as Pick<
    Corpus,
    'questions' | 'perSecond'
  >
  return { folder, count, ...kept }
}

async function fill(folder: string, count: number, say: Options['say']): Promise<void> {
  const index = createSearchIndex()
  const corpus = createWriteStream(join(folder, 'corpus.tsv'))
  const sqlite = sqliteFiller(join(folder, 'fts5.sqlite'))
  const frequencies = new Map<string, number>()
  const pairs = new Map<string, number>()
  const beside = new Set<string>()
  const spent = { building: 0, parsing: 0 }
  for (const put of documentsLike(await realDocuments(), count, batch)) {
    const last = put.at(-1)!.number
    spent.building += await timed(() => index.apply({ put, remove: [] }, last))
    const json = JSON.stringify(put)
    spent.parsing += await timed(() => JSON.parse(json))
    for (const document of put) {
      const tokens = tokensOf(document, beside)
      const text = tokens.join(' ')
      const values = valuesOf(document)
      if (!corpus.write(`${text}\t${values.join(';')}\n`)) await once(corpus, 'drain')
      sqlite.add(document.number, text, values)
      for (const token of new Set(tokens)) frequencies.set(token, (frequencies.get(token) ?? 0) + 1)
      if (document.number <= 20_000) countPairs(tokens, pairs)
    }
    if (last % 100_000 === 0) say(`${last.toLocaleString('en')} made`)
  }
  corpus.end()
  await once(corpus, 'close')
  sqlite.close()
  await index.save(join(folder, 'index'))
  const perSecond = { built: (count / spent.building) * 1000, parsed: (count / spent.parsing) * 1000 }
  // A yardstick has one word at a place: what stands beside another is not asked for.
  for (const word of beside) frequencies.delete(word)
  for (const pair of pairs.keys()) if (pair.split(' ').some((word) => beside.has(word))) pairs.delete(pair)
  const questions = questionsFrom(count, frequencies, pairs)
  await writeFile(join(folder, 'questions.json'), JSON.stringify({ questions, perSecond }))
}

function countPairs(tokens: string[], pairs: Map<string, number>): void {
  for (let at = 1; at < tokens.length; at++) {
    const pair = `${tokens[at - 1]} ${tokens[at]}`
    if (/^[a-z]+ [a-z]+$/.test(pair)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
}

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const each = 60

function questionsFrom(count: number, frequencies: Map<string, number>, pairs: Map<string, number>): Questions {
  const random = dice()
  const usable = [...frequencies].filter(([word]) => /^[a-z]{2,}$/.test(word) && word !== nobody)
  const between = (least: number, most: number) =>
    usable.filter(([, found]) => found >= least * count && found <= most * count).map(([word]) => word)
  const pick = (from: string[]) => from[Math.floor(random() * from.length)]!
  const many = (make: () => Partial<Asking>): Asking[] =>
    Array.from({ length: each }, () => ({ words: [], phrase: [], without: [], filters: {}, ...make() }))
  const rare = between(5 / count, 50 / count)
  const medium = between(0.000_5, 0.005)
  const common = between(0.02, 0.1)
  const broad = usable
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([word]) => word)
  const phrases = [...pairs]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 100)
    .map(([pair]) => pair.split(' '))
  return {
    'one rare word': many(() => ({ words: [pick(rare)] })),
    'one medium word': many(() => ({ words: [pick(medium)] })),
    'two medium words': many(() => ({ words: distinct(() => pick(medium)) })),
    'one common word': many(() => ({ words: [pick(common)] })),
    'two common words': many(() => ({ words: distinct(() => pick(common)) })),
    'one broad word': many(() => ({ words: [pick(broad)] })),
    'two broad words': many(() => ({ words: distinct(() => pick(broad)) })),
    'phrase of common words': many(() => ({ phrase: phrases[Math.floor(random() * phrases.length)]! })),
    'broad, one filter': many(() => ({ words: [pick(broad)], filters: { kind: ['resource'] } })),
    'broad, two filters': many(() => ({
      words: [pick(broad)],
      filters: { kind: ['resource', 'course'], language: ['en'] },
    })),
    'broad but not common': many(() => ({ words: [pick(broad)], without: [pick(common)] })),
  }
}

function distinct(pick: () => string): string[] {
  const first = pick()
  for (;;) {
    const second = pick()
    if (second !== first) return [first, second]
  }
}
