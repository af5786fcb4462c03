/** A search that names countries asks for their figures, where the other words name few indicators. */
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { SearchInput } from '#search/input.ts'
import type { NamedCountry } from '#search/offers.ts'
import { search } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'
import { indicator, type Indicator } from './indicator.ts'
import { newestValues, type NewestValue } from './newest.ts'

export type FiguresOfNamed = { indicators: StoredRecord<Indicator>[]; values: NewestValue[] }

/** Words that fit more of them, such as “schools”, ask for none in particular. */
const fewIndicators = 10
const mostShown = 3

const isIndicator = isOf(indicator)

export async function figuresOfNamed(
  { askOnce }: Pick<PageContext, 'askOnce'>,
  { input, named }: { input: SearchInput; named: readonly NamedCountry[] },
): Promise<FiguresOfNamed> {
  const none = { indicators: [], values: [] }
  const isOfOthers = input.kind?.length && !input.kind.includes(indicator.name)
  const [q] = named.map((one) => one.q)
  if (!q || isOfOthers || input.after !== undefined) return none
  const asked = { q, kind: indicator.name, limit: fewIndicators, facets: [], languages: input.languages ?? [] }
  const { total, records } = await askOnce(search, asked)
  if (total > fewIndicators) return none
  const indicators = withoutTotals(records.filter(isIndicator)).slice(0, mostShown)
  if (indicators.length === 0) return none
  const code = indicators.map(({ body }) => body.code)
  const { values } = await askOnce(newestValues, { code, area: named.map(({ country }) => country) })
  return { indicators, values }
}

/** Not the totals of regions beside the figures of countries that they are made of. */
const withoutTotals = (found: readonly StoredRecord<Indicator>[]): StoredRecord<Indicator>[] =>
  found.filter(({ body: { code } }) => !found.some(({ body }) => body.totalsFrom === code))
