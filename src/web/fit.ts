/** Choosing: what fits a place, records side by side, the map of the evidence, a record on one page. */
import { readFileSync } from 'node:fs'
import { valuesOf } from '#core/web/api.ts'
import type { Answer } from '#core/web/answer.ts'
import { openToAll } from '#core/web/headers.ts'
import type { Printer } from '#core/print.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { compare, mostCompared } from '#house/compare/compare.ts'
import { evidenceMap, MapInput } from '#house/evidence-map/map.ts'
import { countryContext } from '#house/fit/countries.ts'
import { fit, FitInput } from '#house/fit/fit.ts'
import { comparisonCsv, csvOf } from '#house/formats/comparison.ts'
import { comparePage, emptyComparePage } from '#house/pages/compare.ts'
import { evidenceMapPage, evidenceRows } from '#house/pages/evidence-map.ts'
import { fitPage, placeQuery } from '#house/pages/fit.ts'
import { noPdfPage, summaryDocument, summaryPage, type Summary } from '#house/pages/summary.ts'
import { links, read } from '#house/record/operations.ts'
import { reviewState } from '#house/drafts/told.ts'
import { search } from '#house/search/operation.ts'
import type { Asking } from './records.ts'

const offered = 8
/** With their reasons, results are long: more would make the page heavy. */
const onPage = 10

/** What the address says of these names; empty values and anything else are passed over. */
function told(query: URLSearchParams, names: object): Record<string, string | string[]> {
  const values = Object.entries(valuesOf(query)).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value.trim() : value.filter((one) => one.trim() !== ''),
  ])
  return Object.fromEntries(values.filter(([name, value]) => Object.hasOwn(names, name) && value.length > 0))
}

const csv = (body: string, name: string): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-cache',
    ...openToAll,
  },
  body,
  keep: true,
})

const seeOther = (location: string): Answer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-cache' },
  body: '',
  keep: false,
})

export function mountFit(web: Web, asking: Asking, printer: Printer | undefined) {
  mountEvidenceMap(web, asking)
  mountCompare(web, asking)
  mountPlaces(web, asking)
  mountSummary(web, asking, printer)
}

function mountEvidenceMap(web: Web, { ask, view }: Asking) {
  const mapFor = async (asked: Asked) => {
    const raw = told(asked.query, MapInput.properties)
    const filters = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, [value].flat()])) as MapInput
    return { map: await ask(evidenceMap, filters), filters }
  }
  web.route('GET', '/evidence-map', async (asked) => evidenceMapPage(view(asked), await mapFor(asked)))
  web.route('GET', '/evidence-map.csv', async (asked) =>
    csv(csvOf(evidenceRows(view(asked), await mapFor(asked))), 'qingdao-evidence-map'),
  )
}

function mountCompare(web: Web, { ask, view, kinds }: Asking) {
  const asksOf = (query: URLSearchParams) => [...new Set(query.getAll('id').filter(Boolean))]
  const compared = (ids: readonly string[]) => ask(compare, { id: ids.slice(0, mostCompared) })
  web.route('GET', '/compare', async (asked) => {
    const ids = asksOf(asked.query)
    if (ids.length === 0) return emptyComparePage(view(asked))
    const result = await compared(ids)
    const q = (asked.query.get('q') ?? '').slice(0, 500)
    const found = q
      ? (
          await ask(search, {
            q,
            kind: result.kind,
            limit: offered + mostCompared,
            facets: [],
            languages: [asked.language],
          })
        ).records
      : (await ask(search, { kind: result.kind, limit: offered, facets: [], sort: 'newest' })).records
    const kind = kinds.get(result.kind)!
    return comparePage(view(asked), { compared: result, kind, q, found, tooMany: ids.length > mostCompared })
  })
  web.route('GET', '/compare.csv', async (asked) => {
    const result = await compared(asksOf(asked.query))
    return csv(comparisonCsv(view(asked), kinds.get(result.kind)!, result), 'qingdao-comparison')
  })
}

function mountPlaces(web: Web, { ask, view, kinds }: Asking) {
  web.route('GET', '/fit', async (asked) => {
    const place = placeTold(asked.query)
    const country = place.country
    const level = [place.level ?? []].flat()[0]
    const context = country ? await ask(countryContext, { country, ...(level && { level }) }) : undefined
    // What the person said stands; the rest is taken from the country, into an address that says all of it.
    if (context && asked.query.get('fill'))
      return seeOther(view(asked).href(`/fit?${placeQuery({ ...context.suggested, ...place } as Partial<FitInput>)}`))
    const isTold = Object.keys(place).some((name) => name !== 'currency' && name !== 'from')
    const fitting = isTold ? await ask(fit, { limit: onPage, ...place }) : undefined
    const shown = { ...place, ...(place.from && { from: Number(place.from) }) } as Partial<FitInput>
    return fitPage(view(asked), { asked: shown, context, fitting, kind: kinds.get('practice')! })
  })
}

function placeTold(query: URLSearchParams): Record<string, string | string[]> & { country?: string } {
  const { currency, ...place } = told(query, FitInput.properties)
  return {
    ...place,
    ...(typeof currency === 'string' && { currency: currency.toUpperCase() }),
  }
}

function mountSummary(web: Web, { ask, view, kinds }: Asking, printer: Printer | undefined) {
  const style = readFileSync(new URL('../../assets/style.css', import.meta.url), 'utf8')
  const summaryOf = async (id: string | undefined): Promise<Summary> => {
    const record = await ask(read, { id })
    const linked = await ask(links, { id, limit: 1 })
    const review = await ask(reviewState, { id: record.id })
    return { record, kind: kinds.get(record.kind)!, links: linked.links, review }
  }
  web.route('GET', '/records/:id/summary', async (asked, { id }) => summaryPage(view(asked), await summaryOf(id)))
  web.route('GET', '/records/:id/summary.pdf', async (asked, { id = '' }) => {
    const summary = await summaryOf(id)
    if (!printer) return noPdfPage(view(asked), id)
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-language': asked.language,
        'content-disposition': `inline; filename="qingdao-${id}-${asked.language}.pdf"`,
        'cache-control': 'no-cache',
        ...openToAll,
      },
      body: await printer(summaryDocument(view(asked), summary, style)),
      keep: true,
    }
  })
}
