/** The addresses of indicators: the list, each with its pictures, and what can be taken along. */
import { taking } from '#kernel/http/asked-names.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { fragment, framed } from '#kernel/http/headers.ts'
import { mountList } from '#features/export/list-page.ts'
import type { StoredRecord } from '#records/record.ts'
import { noSuch } from '#kernel/problem.ts'
import type { PageContext } from '#ui/page-context.ts'
import { indicatorCsv, indicatorPng, indicatorSvg, indicatorWorkbook } from './files.ts'
import { embeddedIndicator } from './pages/embedded-indicator.ts'
import { indicatorFragment } from './pages/fragment.ts'
import { indicatorPage } from './pages/indicator.ts'
import { indicatorListPage, indicatorsByTheme } from './pages/indicator-list.ts'
import { addressOf, choicesTaken } from './choices.ts'
import { shownOf } from './shown.ts'
import { listIndicators } from './values.ts'

const isCode = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/
const wellFormed = /^([A-Za-z0-9][A-Za-z0-9_-]{0,99})(?:\.(csv|xlsx|svg|png))?$/

export function mountIndicators(web: Web, pageContext: PageContext): void {
  const { ask, askOnce, view, slot } = pageContext
  mountList(web, pageContext, {
    path: '/indicators',
    title: ({ t }) => t('kind.indicator.many'),
    takes: taking('q'),
    read: async ({ query }) => ({
      all: (await askOnce(listIndicators, {})).indicators,
      q: (query.get('q') ?? '').slice(0, 200),
    }),
    records: (here, indicators) =>
      indicatorsByTheme(here, indicators).flatMap(([, found]) => found.map(({ record }) => record as StoredRecord)),
    page: indicatorListPage,
    isSearched: true,
  })

  const shown = (code: string, { query }: HttpRequest) => shownOf(ask, code, query)
  web.route(
    'GET',
    '/indicators/:name',
    async (request, { name = '' }) => {
      const [, code, format] = wellFormed.exec(name) ?? []
      if (!code) throw noSuch('indicator', name.slice(0, 100))
      const here = view(request)
      const found = await shown(code, request)
      if (format === 'csv') return indicatorCsv(here, found)
      if (format === 'xlsx') return indicatorWorkbook(here, found)
      if (format === 'svg') return indicatorSvg(here, found)
      if (format === 'png') return indicatorPng(here, found)
      return indicatorPage(here, found, await slot('indicator', request, found))
    },
    { takes: choicesTaken },
  )

  web.route(
    'GET',
    '/indicators/:code/embed',
    async (request, { code = '' }) => {
      if (!isCode.test(code)) throw noSuch('indicator', code.slice(0, 100))
      return framed(embeddedIndicator(view(request), await shown(code, request)))
    },
    { takes: choicesTaken },
  )
  web.route(
    'GET',
    '/indicators/:code/html',
    async (request, { code = '' }) => {
      if (!isCode.test(code)) throw noSuch('indicator', code.slice(0, 100))
      return fragment(indicatorFragment(view(request), await shown(code, request)).text, request.language)
    },
    { takes: choicesTaken, isFile: true },
  )
  // Frames that stand on other sites keep what they show.
  web.route(
    'GET',
    '/embed/indicators/:code',
    (request, { code = '' }) => {
      if (!isCode.test(code)) throw noSuch('indicator', code.slice(0, 100))
      return {
        status: 301,
        headers: { location: view(request).href(`/indicators/${code}/embed${addressOf(request.query, {})}`) },
        body: '',
        keep: true,
      }
    },
    { takes: 'anything' },
  )
}
