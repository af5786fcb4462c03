/** Figures and what is made of them: medians, ranges, pairs, rows of the table at the end. */

export type Options = { quick: boolean; say: (text: string) => void }

export type Verdict = 'reached' | 'missed' | 'too noisy' | ''

/** One line of the table: what was asked, what came out, what it is held against. */
export type Row = {
  question: string
  what: string
  ours: string
  yardstick: string
  /** Ours over the yardstick, median and range, taken in the same run. */
  ratio: string
  aim: string
  verdict: Verdict
}

/** One question of the benchmarks. */
export type Question = (options: Options) => Promise<Row[]>

export type Spread = { median: number; least: number; most: number }

/** A yardstick that differs this much from itself measures nothing. */
const noisyFrom = 3

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)! }
}

export const medianOf = (values: readonly number[]) => spreadOf(values).median

export type Pairs<Ours, Yard> = { ours: Ours[]; yards: Yard[] }

/** Takes turns, ours first in one pair and last in the next, so that neither has the better moments. */
export async function inPairs<Ours, Yard>(
  count: number,
  ours: (pair: number) => Promise<Ours>,
  yard: (pair: number) => Promise<Yard>,
): Promise<Pairs<Ours, Yard>> {
  const pairs: Pairs<Ours, Yard> = { ours: [], yards: [] }
  for (let pair = 0; pair < count; pair++) {
    if (pair % 2 === 0) pairs.ours.push(await ours(pair))
    pairs.yards.push(await yard(pair))
    if (pair % 2 === 1) pairs.ours.push(await ours(pair))
  }
  return pairs
}

export const ratiosOf = (ours: readonly number[], yards: readonly number[]): Spread =>
  spreadOf(ours.map((value, pair) => value / yards[pair]!))

export const isNoisy = (yards: readonly number[]): boolean => {
  const { least, most } = spreadOf(yards)
  return most > least * noisyFrom
}

export const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)
export const shown = ({ median, least, most }: Spread): string =>
  `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

export const verdictOf = (isReached: boolean, noisy = false): Verdict =>
  noisy ? 'too noisy' : isReached ? 'reached' : 'missed'

/** As lines of a Markdown table, so that they read as well on a terminal as in a page. */
export function tableOf(rows: readonly Row[]): string {
  const heads: Row = {
    question: 'question',
    what: 'what',
    ours: 'ours',
    yardstick: 'yardstick',
    ratio: 'ratio',
    aim: 'aim',
    verdict: '' as Verdict,
  }
  const names = Object.keys(heads) as (keyof Row)[]
  const widths = names.map((name) => Math.max(3, ...[heads, ...rows].map((row) => row[name].length)))
  const line = (row: Row) => `| ${names.map((name, at) => row[name].padEnd(widths[at]!)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(heads), rule, ...rows.map(line)].join('\n')
}
