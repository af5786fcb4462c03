/** Do people find what they mean? Judged questions in six languages, beside the search that SQLite brings along. */
import { number, verdictOf, type Question, type Row } from './measure.ts'
import { realNode, recordsIn } from './real-node.ts'
import { meanOf, ndcg, recall } from './relevance/measures.ts'
import { judgedQueries, type Query } from './relevance/queries.ts'
import { systemNames, systemsOver, type SystemName } from './relevance/systems.ts'

const depth = 100
const languages = ['en', 'fr', 'es', 'ru', 'zh', 'ar']

type Scored = { query: Query; ndcg: number; recall: number; empty: boolean }
type Scores = Record<SystemName, Scored[]>

async function score(dataDir: string): Promise<Scores> {
  const { systems } = await systemsOver(await recordsIn(dataDir))
  const judged = await judgedQueries()
  const all = systemNames.map(async (name) => {
    const scored: Scored[] = []
    for (const { query, marks } of judged) {
      const found = await systems[name](query, depth)
      scored.push({
        query,
        ndcg: ndcg(found, marks, 10),
        recall: recall(found, marks, depth),
        empty: found.length === 0,
      })
    }
    return [name, scored] as const
  })
  return Object.fromEntries(await Promise.all(all)) as Scores
}

type Slice = { name: string; has: (query: Query) => boolean }

const slices: Slice[] = [
  { name: 'all', has: () => true },
  { name: 'tune', has: ({ half }) => half === 'tune' },
  { name: 'held', has: ({ half }) => half === 'held' },
  ...languages.map((code) => ({ name: code, has: ({ language }: Query) => language === code })),
  ...['cross', 'topic', 'question', 'misspelt', 'name', 'vague'].map((name) => ({
    name,
    has: ({ group }: Query) => group === name,
  })),
]

const within = (scored: Scored[], { has }: Slice) => scored.filter(({ query }) => has(query))
const ndcgOf = (scored: Scored[]) => meanOf(scored.map((one) => one.ndcg))
const recallOf = (scored: Scored[]) => meanOf(scored.map((one) => one.recall))
const emptyOf = (scored: Scored[]) => scored.filter(({ empty }) => empty).length

function lineOf(slice: Slice, scores: Scores): string {
  const cells = systemNames.map((name) => {
    const scored = within(scores[name], slice)
    return `${number(ndcgOf(scored))} ${number(recallOf(scored))} ${String(emptyOf(scored)).padStart(2)}`.padEnd(13)
  })
  const count = within(scores.ours, slice).length
  return `${slice.name.padEnd(9)}${String(count).padStart(4)}  ${cells.join('  ')}`
}

/** FTS5 with its words joined the better way. */
const ftsOf = (scores: Scores): SystemName =>
  ndcgOf(scores['FTS5 AND']) > ndcgOf(scores['FTS5 OR']) ? 'FTS5 AND' : 'FTS5 OR'

function rowsOf(scores: Scores): Row[] {
  const yardstick = ftsOf(scores)
  const row = (what: string, ours: number, yard: number, aim: string, isReached: boolean): Row => ({
    question: 'relevance',
    what,
    ours: number(ours),
    yardstick: `${number(yard)} (${yardstick})`,
    ratio: (ours - yard).toFixed(2),
    aim,
    verdict: verdictOf(isReached),
  })
  const [all] = slices
  const rows = slices.map((slice) => {
    const ours = ndcgOf(within(scores.ours, slice))
    const yard = ndcgOf(within(scores[yardstick], slice))
    const isAll = slice === all
    return {
      ...row(`nDCG@10, ${slice.name}`, ours, yard, isAll ? '+0.15' : '', ours - yard >= 0.15),
      ...(!isAll && { verdict: '' as const }),
    }
  })
  const byLanguage = languages.map((code) => ndcgOf(scores.ours.filter(({ query }) => query.language === code)))
  const least = Math.min(...byLanguage) / Math.max(...byLanguage)
  const cross = (name: SystemName) => recallOf(scores[name].filter(({ query }) => query.group === 'cross'))
  return [
    ...rows,
    { ...row('weakest language over the best', least, least, '0.80', least >= 0.8), yardstick: '', ratio: '' },
    row('recall@100, across languages', cross('ours'), cross(yardstick), '0.60', cross('ours') >= 0.6),
    row('questions without a result', emptyOf(scores.ours), emptyOf(scores[yardstick]), '', true),
  ]
}

export const relevance: Question = async (options) => {
  const scores = await score(await realNode(options))
  options.say(`nDCG@10, recall@100, questions without a result: ${systemNames.join(', ')}`)
  for (const slice of slices) options.say(lineOf(slice, scores))
  return rowsOf(scores)
}
