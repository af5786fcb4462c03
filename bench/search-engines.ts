/** Engines that are asked the same: ours, and Lucene in a process of its own. */
import { spawn, execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Clause, SearchIndex, SearchRequest } from '#search/contract.ts'
import { facets, type Answered, type Asking, type Engine } from './search-asking.ts'
import type { Corpus } from './search-corpus.ts'

const countedFor = ({ filters }: Asking) => facets.filter((facet) => !Object.hasOwn(filters, facet))

const clauseOf = (words: string[]): Clause => ({
  name: words.join(' '),
  any: [{ weight: 1, phrase: words.map((term, offset) => ({ offset, terms: [{ term, weight: 1 }] })) }],
})

const requestFor = (asking: Asking): SearchRequest => ({
  query: {
    required: [...asking.words.map((word) => [word]), ...(asking.phrase.length ? [asking.phrase] : [])].map(clauseOf),
    excluded: asking.without.map((word) => clauseOf([word])),
    words: [],
    ways: [],
  },
  filters: asking.filters,
  sort: 'relevance',
  limit: 20,
  facets: countedFor(asking),
  facetLimit: 12,
})

export function ourEngine(index: SearchIndex): Engine {
  async function answer(asking: Asking): Promise<Answered> {
    const request = requestFor(asking)
    const begun = performance.now()
    const { total, facets: counts } = await index.search(request)
    const ms = performance.now() - begun
    const sum = Object.values(counts)
      .flat()
      .reduce((all, { count }) => all + count, 0)
    return { ms, total, sum }
  }
  return {
    name: 'ours',
    async answer(askings) {
      const answered: Answered[] = []
      for (const asking of askings) answered.push(await answer(asking))
      return answered
    },
    close: () => index.close(),
  }
}

const java = fileURLToPath(new URL('lucene/Search.java', import.meta.url))
const jars = '/usr/share/java'

/** Null, with the reason told, where Java or Lucene's files are missing. */
export async function luceneEngine({ folder }: Corpus, say: (text: string) => void): Promise<Engine | null> {
  const path = ['core', 'analyzers-common'].map((name) => globSync(`${jars}/lucene-${name}-8*.jar`)[0])
  if (path.includes(undefined)) {
    say('Lucene is left out: its files are missing (apt-get install liblucene8-java)')
    return null
  }
  const classes = mkdtempSync(join(tmpdir(), 'qingdao-bench-lucene-'))
  const classPath = [...path, classes].join(':')
  try {
    execFileSync('javac', ['-cp', classPath, '-d', classes, java], { stdio: 'pipe' })
  } catch (error) {
    say(`Lucene is left out: javac ended with ${String(error).split('\n')[0]}`)
    return null
  }
  const place = join(folder, 'lucene')
  if (!existsSync(place)) say('Lucene makes its index')
  const child = spawn('java', ['-Xmx2g', '-cp', classPath, 'Search', join(folder, 'corpus.tsv'), place], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => ((await lines.next()).value as string | undefined) ?? ''
  if ((await next()) !== 'ready') throw new Error('Lucene did not get ready')
  return {
    name: 'Lucene 8',
    async answer(askings) {
      child.stdin.write(`${askings.map(lineOf).join('\n')}\ngo\n`)
      const answered: Answered[] = []
      for (const _ of askings) {
        const [ms, total, sum] = (await next()).split(' ').map(Number)
        answered.push({ ms: ms!, total: total!, sum: sum! })
      }
      return answered
    },
    close: async () => {
      child.stdin.end()
    },
  }
}

const lineOf = (asking: Asking): string =>
  [
    asking.words.join(' '),
    asking.phrase.join(' '),
    asking.without.join(' '),
    Object.entries(asking.filters)
      .map(([facet, values]) => values.map((value) => `${facet}=${value}`).join(';'))
      .join(' '),
    countedFor(asking).join(' '),
  ].join('\t')
