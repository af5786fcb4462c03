/** Choosing: what fits a place, and a record on one page. */
import { codesTaken } from '#ui/code-choices.ts'
import { taking } from '#kernel/http/asked-names.ts'
import { readFileSync } from 'node:fs'
import type { HttpResponse } from '#kernel/http/response.ts'
import { valuesNamed } from '#kernel/http/query-values.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { Printer } from '#kernel/print.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { countryContext } from './countries.ts'
import { fit, FitInput, placeLists } from './match.ts'
import { mountList } from '#features/export/list-page.ts'
import { fitPage, placeQuery, type FitPage } from './pages/matching.ts'
import { noPdfPage, summaryDocument, summaryPage, summaryPath, type Summary } from './pages/summary.ts'
import { links, read } from '#records/operations.ts'
import { reviewState } from '#features/editorial/drafts/timeline.ts'
import type { PageContext } from '#ui/page-context.ts'

/** With their reasons, results are long: more would make the page heavy. */
const onPage = 10

const seeOther = (location: string): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-cache' },
  body: '',
  keep: false,
})

export function mountFit(web: Web, pageContext: PageContext, printer: Printer | undefined) {
  mountPlaces(web, pageContext)
  mountSummary(web, pageContext, printer)
}

function mountPlaces(web: Web, pageContext: PageContext) {
  const { ask, kinds } = pageContext
  mountList<FitPage | { filled: string }>(web, pageContext, {
    path: '/fit',
    title: ({ t }) => t('fit.title'),
    takes: placeTaken,
    read: async ({ query }) => {
      const place = placeTold(query)
      const country = place.country
      const level = [place.level ?? []].flat()[0]
      const context = country ? await ask(countryContext, { country, ...(level && { level }) }) : undefined
      // What the person said stands; what can be told of a whole country goes into an address that says all of it.
      if (context && query.get('fill'))
        return { filled: `/fit?${placeQuery({ ...context.suggested, ...place } as Partial<FitInput>)}` }
      const isTold = Object.keys(place).some((name) => !['currency', 'outcome', 'from'].includes(name))
      const fitting = isTold ? await ask(fit, { limit: onPage, ...place }) : undefined
      const asked = { ...place, ...(place.from && { from: Number(place.from) }) } as Partial<FitInput>
      return { asked, context, fitting, kind: kinds.get('practice')! }
    },
    records: (_view, shown) => ('filled' in shown ? [] : (shown.fitting?.results.map(({ record }) => record) ?? [])),
    page: ({ feed, ...view }, shown) => {
      if ('filled' in shown) return seeOther(view.href(shown.filled))
      return fitPage({ ...view, ...(shown.fitting && feed && { feed }) }, shown)
    },
  })
}

/** What the form asks, by the lists of its choices. */
const placeTaken = {
  ...taking(...Object.keys(FitInput.properties), 'fill'),
  ...codesTaken(Object.entries(placeLists).map(([name, list]) => ({ name, list }))),
}

function placeTold(query: URLSearchParams): Record<string, string | string[]> & { country?: string } {
  const { currency, ...place } = valuesNamed(query, FitInput.properties)
  return {
    ...place,
    ...(typeof currency === 'string' && { currency: currency.toUpperCase() }),
  }
}

function mountSummary(web: Web, { ask, view, kinds, slot }: PageContext, printer: Printer | undefined) {
  const style = readFileSync(new URL('../../../assets/style.css', import.meta.url), 'utf8')
  const summaryOf = async (request: HttpRequest, id: string | undefined): Promise<Summary> => {
    const record = await ask(read, { id })
    const linked = await ask(links, { id, limit: 1 })
    const review = await ask(reviewState, { id: record.id })
    const told = await slot('summary', request, record)
    return { record, kind: kinds.get(record.kind)!, links: linked.links, review, told }
  }
  web.route('GET', '/records/:id/summary', async (request, { id }) =>
    summaryPage(view(request), await summaryOf(request, id)),
  )
  web.route('GET', '/records/:id/summary.pdf', async (request, { id = '' }) => {
    const summary = await summaryOf(request, id)
    if (!printer) {
      const shown = view(request)
      return noPdfPage(shown, { name: shown.t('summary.open'), path: summaryPath(id) })
    }
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-language': request.language,
        'content-disposition': `inline; filename="qingdao-${id}-${request.language}.pdf"`,
        'cache-control': 'no-cache',
        ...openToAll,
      },
      body: await printer(summaryDocument(view(request), summary, style)),
      keep: true,
    }
  })
}
