/** How fast the search index builds, answers, and comes back from disk. `node bench/search.ts 100000` */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { SearchDocument } from '../src/house/search/contract.ts'
import { requestOf, type Asked } from '../test/asked.ts'
import { createSearchIndex, openSearchIndex } from '../src/house/search/index.ts'

const count = Number(process.argv[2] ?? 100_000)
const vocabulary = 60_000
const wordsEach = 60
const batch = 5_000

let state = 42
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

/** Low ranks are common, as in any language. */
const zipf = (size: number) => Math.floor(size ** random()) - 1
const syllables = ['ba', 'ko', 'ti', 'mu', 'ra', 'se', 'lo', 'ni', 'da', 'fe', 'gu', 'pa', 'zi', 'ho', 'ja', 'we']
const word = (rank: number) => {
  let name = ''
  for (let rest = rank + 16; rest > 0; rest = rest >>> 4) name += syllables[rest & 15]
  return name + (rank % 3 === 0 ? 's' : rank % 7 === 0 ? 'ing' : '')
}
const words = Array.from({ length: vocabulary }, (_, rank) => word(rank))
const text = (length: number) => Array.from({ length }, () => words[zipf(vocabulary)]).join(' ')

const facets: Record<string, { values: number; most: number }> = {
  kind: { values: 12, most: 1 },
  country: { values: 195, most: 2 },
  language: { values: 170, most: 2 },
  level: { values: 9, most: 3 },
  theme: { values: 60, most: 4 },
  organisation: { values: Math.min(20_000, Math.ceil(count / 10)), most: 1 },
  licence: { values: 15, most: 1 },
  source: { values: 120, most: 1 },
}

function document(number: number): SearchDocument {
  const title = text(6)
  const values = Object.entries(facets).map(([name, facet]) => [
    name,
    Array.from({ length: 1 + Math.floor(random() * facet.most) }, () => `${name}-${zipf(facet.values)}`),
  ])
  return {
    number,
    title,
    texts: [
      { text: title, language: 'en', weight: 'title' },
      { text: text(wordsEach), language: 'en', weight: 'text' },
    ],
    values: Object.fromEntries(values),
    year: random() < 0.1 ? null : 1990 + Math.floor(random() * 37),
    changedAt: 1_600_000_000 + number * 10,
  }
}

const milliseconds = (from: number) => performance.now() - from
const rounded = (value: number) => value.toFixed(value < 10 ? 2 : 0)

const index = createSearchIndex()
let building = 0
for (let first = 1; first <= count; first += batch) {
  const put = Array.from({ length: Math.min(batch, count - first + 1) }, (_, i) => document(first + i))
  const start = performance.now()
  await index.apply({ put, remove: [] }, first)
  building += milliseconds(start)
}
const { documents, segments, bytes } = index.memory()
console.log(`${documents} documents, ${segments} segments, ${rounded(bytes / 1e6)} MB`)
console.log(`build: ${rounded(count / (building / 1000))} documents/s`)

const asked: Asked = {
  limit: 20,
  facets: Object.keys(facets),
  facetLimit: 20,
  languages: ['en'],
}
const rank = (from: number, spread: number) => words[from + Math.floor(random() * spread)]
const queries: Record<string, () => Asked> = {
  'one rare word': () => ({ text: `${rank(30_000, 20_000)}` }),
  'two medium words': () => ({ text: `${rank(300, 200)} ${rank(300, 200)}` }),
  'one medium word': () => ({ text: `${rank(300, 200)}` }),
  'one common word': () => ({ text: `${rank(10, 10)}` }),
  'two common words': () => ({ text: `${rank(10, 10)} ${rank(10, 10)}` }),
  'one broad word': () => ({ text: `${words[0]}` }),
  'two broad words': () => ({ text: `${words[0]} ${words[1]}` }),
  'phrase of common words': () => ({ text: `"${rank(0, 10)} ${rank(0, 10)}"` }),
  'broad but not common': () => ({ text: `${words[0]} -${rank(10, 10)}` }),
  'broad with two filters': () => ({
    text: `${words[0]}`,
    filters: { country: ['country-0', 'country-9'], kind: ['kind-0'] },
  }),
  'medium by title': () => ({ text: `${rank(300, 200)}`, sort: 'title' }),
  empty: () => ({}),
  'empty by title': () => ({ sort: 'title' }),
  'empty with filter': () => ({ filters: { theme: ['theme-3'] } }),
  'empty with years': () => ({ yearFrom: 2010, yearTo: 2020 }),
}

console.log(
  `${'search, 8 facets, top 20'.padEnd(26)}${'hits'.padStart(9)}${'first'.padStart(9)}${'p50'.padStart(9)}${'p99'.padStart(9)} ms`,
)
for (const [name, query] of Object.entries(queries)) {
  const times: number[] = []
  let hits = 0
  for (const began = performance.now(); times.length < 200 && milliseconds(began) < 2_000;) {
    const request = requestOf({ ...asked, ...query() })
    const start = performance.now()
    hits = (await index.search(request)).total
    times.push(milliseconds(start))
  }
  const first = times[0]!
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    rounded(times[Math.min(times.length - 1, Math.floor(times.length * share))]!).padStart(9)
  console.log(`${name.padEnd(26)}${String(hits).padStart(9)}${rounded(first).padStart(9)}${at(0.5)}${at(0.99)}`)
}

let start = performance.now()
for (let i = 0; i < 200; i++) await index.complete(words[1_000 + i * 7]!.slice(0, 3), 10)
console.log(`complete: ${rounded(milliseconds(start) / 200)} ms`)
start = performance.now()
for (let i = 0; i < 100; i++) await index.apply({ put: [document(1 + i * 37)], remove: [] }, count + i)
console.log(`a live edit: ${rounded(milliseconds(start) / 100)} ms, then ${index.memory().segments} segments`)

const folder = await mkdtemp(join(tmpdir(), 'search-bench-'))
start = performance.now()
await index.save(folder)
console.log(`save: ${rounded(milliseconds(start))} ms`)
start = performance.now()
const opened = await openSearchIndex(folder)
console.log(`load: ${rounded(milliseconds(start))} ms, ${opened?.memory().documents} documents`)
await rm(folder, { recursive: true })
console.log(`resident: ${rounded(process.memoryUsage().rss / 1e6)} MB`)
