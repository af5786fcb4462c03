/** Do people find what they mean? Judged questions in six languages, beside the search that SQLite brings along. */
import { openAlone } from './alone.ts'
import { number, verdictOf, type Options, type Question, type Row } from './measure.ts'
import { recordsIn, seedNode } from './real-node.ts'
import { hasUseful, isUseful, meanOf, ndcg, recall, weightedKappa } from './relevance/measures.ts'
import { allJudgements, isLocked, judgedQueries, secondReadings, type Query } from './relevance/queries.ts'
import { systemNames, systemsOver, type SystemName } from './relevance/systems.ts'

const depth = 100
const languages = ['en', 'fr', 'es', 'ru', 'zh', 'ar']

type Scored = {
  query: Query
  ndcg: number
  recall: number
  empty: boolean
  /** Whether the first is useful, and one of the first five. */
  first: boolean
  five: boolean
  /** Whether there is anything useful to be found. */
  answerable: boolean
}
type Scores = Record<SystemName, Scored[]>

async function score(dataDir: string): Promise<Scores> {
  const app = await openAlone(dataDir)
  try {
    await app.follow(() => {})
    const systems = systemsOver(app, await recordsIn(dataDir))
    const judged = await judgedQueries()
    const scores: Partial<Scores> = {}
    for (const name of systemNames) {
      scores[name] = []
      for (const { query, marks } of judged) {
        const found = await systems[name](query, depth)
        scores[name].push({
          query,
          ndcg: ndcg(found, marks, 10),
          recall: recall(found, marks, depth),
          empty: found.length === 0,
          first: isUseful(found, marks, 1),
          five: isUseful(found, marks, 5),
          answerable: hasUseful(marks),
        })
      }
    }
    return scores as Scores
  } finally {
    await app.close()
  }
}

type Slice = { name: string; has: (query: Query) => boolean }

const slices: Slice[] = [
  { name: 'all', has: () => true },
  { name: 'tune', has: ({ half }) => half === 'tune' },
  { name: 'held', has: ({ half }) => half === 'held' },
  { name: 'locked', has: isLocked },
  ...languages.map((code) => ({ name: code, has: ({ language }: Query) => language === code })),
  ...languages.map((code) => ({
    name: `locked ${code}`,
    has: (query: Query) => isLocked(query) && query.language === code,
  })),
  ...['cross', 'topic', 'question', 'misspelt', 'name', 'vague'].map((name) => ({
    name,
    has: ({ group }: Query) => group === name,
  })),
]

const within = (scored: Scored[], { has }: Slice) => scored.filter(({ query }) => has(query))
const ndcgOf = (scored: Scored[]) => meanOf(scored.map((one) => one.ndcg))
const recallOf = (scored: Scored[]) => meanOf(scored.map((one) => one.recall))
const emptyOf = (scored: Scored[]) => scored.filter(({ empty }) => empty).length
const firstOf = (scored: Scored[]) => meanOf(scored.map(({ first }) => Number(first)))
const answered = (scored: Scored[]) => scored.filter(({ answerable }) => answerable)
const fiveOf = (scored: Scored[]) => meanOf(answered(scored).map(({ five }) => Number(five)))

function lineOf(slice: Slice, scores: Scores): string {
  const cells = systemNames.map((name) => {
    const scored = within(scores[name], slice)
    return `${number(ndcgOf(scored))} ${number(recallOf(scored))} ${String(emptyOf(scored)).padStart(2)}`.padEnd(13)
  })
  const ours = within(scores.ours, slice)
  const useful = `${number(firstOf(ours))} ${number(fiveOf(ours))}`.padEnd(11)
  return `${slice.name.padEnd(10)}${String(ours.length).padStart(4)}  ${useful}${cells.join('  ')}`
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
    ...lockedRows(scores),
    row('questions without a result', emptyOf(scores.ours), emptyOf(scores[yardstick]), '', true),
  ]
}

/** What is aimed at over the questions that nobody looked at while search was changed. */
function lockedRows(scores: Scores): Row[] {
  const locked = scores.ours.filter(({ query }) => isLocked(query))
  const byLanguage = languages.map((code) => firstOf(locked.filter(({ query }) => query.language === code)))
  const without = answered(locked).filter(({ five }) => !five).length
  const row = (what: string, ours: string, aim: string, isReached: boolean): Row => ({
    question: 'relevance',
    what,
    ours,
    yardstick: '',
    ratio: '',
    aim,
    verdict: verdictOf(isReached),
  })
  const least = Math.min(...byLanguage)
  return [
    row('locked: nDCG@10', number(ndcgOf(locked)), '0.75', ndcgOf(locked) >= 0.75),
    row('locked: first useful, weakest language', number(least), '0.70', least >= 0.7),
    row('locked: questions without a useful one in five', String(without), '0', without === 0),
  ]
}

/** How far two readings agree, over all marks and over those that are not 0 twice. */
function agreement(what: string, pairs: (readonly [number, number])[]): string {
  const touched = pairs.filter(([a, b]) => a + b > 0)
  const equal = pairs.filter(([a, b]) => a === b).length
  const [all, some] = [weightedKappa(pairs), weightedKappa(touched)].map(number)
  return `${pairs.length} marks ${what}: ${equal} equal, weighted kappa ${all}; ${some} over the ${touched.length} that are not 0 twice`
}

async function sayAgreement(say: Options['say']): Promise<void> {
  const pairs = (await allJudgements()).flatMap(({ readings = [] }) =>
    readings.length > 1 ? [[readings[0]!, readings[1]!] as const] : [],
  )
  say(agreement('read twice by one reader', pairs))
  say(
    agreement(
      'read by two readers',
      (await secondReadings()).map(({ first, second }) => [first, second] as const),
    ),
  )
}

export const relevance: Question = async (options) => {
  await sayAgreement(options.say)
  const scores = await score(await seedNode(options))
  options.say(
    'first useful, one of five useful; nDCG@10, recall@100, questions without a result: ' + systemNames.join(', '),
  )
  for (const slice of slices) options.say(lineOf(slice, scores))
  return rowsOf(scores)
}
