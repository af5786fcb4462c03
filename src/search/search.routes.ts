/** Search for people, and all that was found as a file. */
import type { Mounted } from '#ui/mounting.ts'
import { questionTaken } from './known-values.ts'
import { Readable } from 'node:stream'
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { writeXlsx, type Cell } from '#codecs/xlsx/write-xlsx.ts'
import { cells, type Cells } from '#records/columns/cells.ts'
import { columnsOf, type KindColumn } from '#records/columns/columns.ts'
import { totals } from './totals.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { toBibtex } from '#features/export/bibtex.ts'
import { toCsl } from '#features/export/citation.ts'
import type { Titles } from '#features/export/people.ts'
import { titlesFor } from '#features/export/titles.ts'
import { toRis } from '#features/export/ris.ts'
import { csvColumns, csvHead, csvLine } from '#features/export/csv.ts'
import { cellsIn, codedColumns, titlesOf } from '#features/export/file-columns.ts'
import { workbookRows } from '#features/export/workbook.ts'
import { recordPath } from '#ui/cards.ts'
import { everyFacet, trees, valuesCounted } from './pages/search-filters.ts'
import { searchPage } from './pages/search.ts'
import { resultsPerPage } from './address.ts'
import { facetOf, searchValues, shapeNames, shapeOf } from './asked.ts'
import type { TableData } from './pages/search-shown.ts'
import type { View } from '#ui/view.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { FacetName } from '#records/facets.ts'
import { search, type Found } from './search.ts'
import type { PageContext } from '#ui/page-context.ts'

/** Where all that is asked for is of one kind: its columns, and how to read what they hold. */
type OfOneKind = {
  kind: Kind
  columns: readonly KindColumn[]
  cellsOf: (found: readonly StoredRecord[]) => Promise<Cells>
}

/** With the names that stand in citations of what was found. */
type Cited = View & { titles: Titles }

type Download = {
  isCitation?: true
  type: string
  extension: string
  head: (view: View, of: OfOneKind | undefined) => string
  /** Several records at once; `first`: nothing was written before them. */
  lines: (
    view: Cited,
    found: readonly StoredRecord[],
    first: boolean,
    of: OfOneKind | undefined,
  ) => string | Promise<string>
  foot: string
}

const listOfJson = (type: string, valueOf: (view: Cited, record: StoredRecord) => unknown): Download => ({
  type,
  extension: 'json',
  head: () => '[',
  lines: (view, found, first) =>
    found.map((record, i) => `${first && i === 0 ? '' : ','}\n${JSON.stringify(valueOf(view, record))}`).join(''),
  foot: '\n]\n',
})

const oneByOne = (
  type: string,
  extension: string,
  textOf: (view: Cited, record: StoredRecord) => string,
): Download => ({
  isCitation: true,
  type,
  extension,
  head: () => '',
  lines: (view, found) => found.map((record) => textOf(view, record)).join(''),
  foot: '',
})

const downloads: Record<string, Download> = {
  json: listOfJson('application/json', (_view, record) => record),
  csl: { ...listOfJson('application/vnd.citationstyles.csl+json', toCsl), isCitation: true },
  csv: {
    type: 'text/csv',
    extension: 'csv',
    head: (view, of) => csvHead(of && codedColumns(view, of.columns, csvColumns).map(({ head }) => head)),
    lines: async (view, found, _first, of) => {
      const read = of && (await of.cellsOf(found))
      const columns = of ? codedColumns(view, of.columns, csvColumns) : []
      const titles = read ? titlesOf(view, read) : new Map<string, string>()
      return found
        .map((record) =>
          csvLine(record, view.language, view.absolute, cellsIn(columns, read?.values[record.id], titles)),
        )
        .join('')
    },
    foot: '',
  },
  bib: oneByOne('application/x-bibtex', 'bib', (view, record) => toBibtex(toCsl(view, record))),
  ris: oneByOne('application/x-research-info-systems', 'ris', (view, record) => toRis(toCsl(view, record))),
}
/** A workbook is made whole in memory; who wants more takes the CSV. */
const mostInWorkbook = 10_000
const atOnce = 500
export const everyValue = 300
const seeOther = (location: string): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-cache' },
  body: '',
  keep: false,
})

export function mountSearch(web: Web, pageContext: PageContext, { services }: Mounted) {
  const asFileTakes = questionTaken(services)
  const { ask, view: viewFor, kinds, slot } = pageContext
  web.route(
    'GET',
    '/search',
    async (request) => {
      const shape = shapeOf(request.query)
      const opened = facetOf(request.query.get('all'))
      const found = await ask(search, {
        ...searchValues(request.query),
        ...(shape.view === 'list' && !request.query.get('limit') && { limit: resultsPerPage[0] }),
        ...(shape.view === 'timeline' && !request.query.get('sort') && { sort: 'year' }),
        ...(shape.view === 'table' && { limit: 30 }),
        ...((shape.view === 'map' || shape.view === 'charts') && { limit: 0 }),
        ...(shape.view === 'list'
          ? {
              facetLimit: valuesCounted,
              wholeFacets: ['kind', ...(Object.keys(trees) as FacetName[]), ...(opened ? [opened] : [])],
            }
          : { facetLimit: everyValue }),
        languages: [request.language],
        assist: true,
      })
      const [named] = found.assistance?.named ?? []
      if (named && found.assistance!.named.length === 1) return seeOther(viewFor(request).href(recordPath(named.id)))
      const about = { input: found.understood }
      const above = await slot('aboveFound', request, { ...about, named: found.assistance?.countries ?? [] })
      const below = await slot('belowFound', request, { ...about, total: found.total })
      const table = shape.view === 'table' ? await tableOf(found) : undefined
      const answer = searchPage(viewFor(request), {
        input: found.understood,
        found,
        kinds,
        shape,
        opened,
        everyFilter: request.query.get('all') === everyFacet,
        above,
        below,
        table,
      })
      return { ...answer, changedAt: await pageContext.lastChange() }
    },
    { takes: questionTaken(services, ...shapeNames, 'all', 'after') },
  )

  /** The kind of all that is asked for, where there is one; else nothing. */
  const ofOneKind = ({ understood: { kind } }: Found): OfOneKind | undefined => {
    const only = kind?.length === 1 ? kinds.get(kind[0]!) : undefined
    return (
      only && {
        kind: only,
        columns: columnsOf(kinds, only),
        cellsOf: (found) => ask(cells, { kind: only.name, id: found.map(({ id }) => id) }),
      }
    )
  }

  const totalsOf = ({ kind }: OfOneKind, { understood }: Found) => (kind.totals ? ask(totals, understood) : [])

  async function tableOf(found: Found): Promise<TableData | undefined> {
    const of = ofOneKind(found)
    if (!of || found.records.length === 0) return undefined
    const [read, sums] = await Promise.all([of.cellsOf(found.records), totalsOf(of, found)])
    return { kind: of.kind, columns: of.columns, cells: read, totals: sums }
  }

  const wholeOf = (request: Pick<HttpRequest, 'query' | 'language'>): Whole => {
    const raw = {
      ...searchValues(request.query),
      editions: true,
      limit: atOnce,
      facets: [],
      facetLimit: 0,
      languages: [request.language],
    }
    return (after) => ask(search, { ...structuredClone(raw), ...(after && { after }) })
  }

  for (const [name, download] of Object.entries(downloads))
    web.route(
      'GET',
      `/search.${name}`,
      async (request) => {
        const whole = wholeOf(request)
        // The first page is asked for before anything is sent, so that a bad question gets a proper answer.
        const first = await whole()
        return {
          ...streamed(download, lines(viewFor(request), download, { first, whole, of: ofOneKind(first), ask })),
          keep: false,
        }
      },
      { takes: asFileTakes },
    )

  web.route(
    'GET',
    '/search.xlsx',
    async (request) => {
      const view = viewFor(request)
      const whole = wholeOf(request)
      const first = await whole()
      const of = ofOneKind(first)
      const { head, lines: linesOf, sums } = workbookRows(view, kinds, of)
      const rows: Cell[][] = [head]
      for await (const { records } of pagesOf(first, whole)) {
        rows.push(...linesOf(records, of && (await of.cellsOf(records))))
        if (rows.length > mostInWorkbook) break
      }
      const left = first.total - (rows.length - 1)
      if (left > 0) rows.push([view.t('table.left', { count: left })])
      const rightToLeft = directionOf(request.language) === 'rtl'
      const sheets = [
        { name: of ? view.t(`kind.${of.kind.name}.many`) : view.t('search.title'), rows },
        ...sums(of ? await totalsOf(of, first) : []),
      ]
      return {
        status: 200,
        headers: {
          'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          ...asFile('xlsx'),
        },
        body: await writeXlsx(sheets.map((sheet) => ({ ...sheet, rightToLeft }))),
        keep: false,
      }
    },
    { takes: asFileTakes },
  )
}

/** A search page by page: the first where no key is given. */
type Whole = (after?: string) => Promise<Found>

async function* pagesOf(first: Found, whole: Whole): AsyncGenerator<Found> {
  for (let found: Found | undefined = first; found; found = found.next ? await whole(found.next) : undefined) {
    yield found
    // The database answers at once, so without a pause nobody else would be heard.
    await new Promise((resume) => setImmediate(resume))
  }
}

const asFile = (extension: string) => ({
  'content-disposition': `attachment; filename="qingdao-search.${extension}"`,
  'cache-control': 'no-cache',
  ...openToAll,
})

async function* lines(
  view: View,
  { head, lines: linesOf, foot, isCitation }: Download,
  { first, whole, of, ask }: { first: Found; whole: Whole; of: OfOneKind | undefined; ask: PageContext['ask'] },
): AsyncGenerator<string> {
  yield head(view, of)
  for await (const found of pagesOf(first, whole)) {
    const titles: Titles = isCitation ? await titlesFor(ask, view, found.records) : new Map()
    yield await linesOf({ ...view, titles }, found.records, found === first, of)
  }
  yield foot
}

const streamed = ({ type, extension }: Download, source: AsyncIterable<string>): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    ...asFile(extension),
  },
  body: Readable.from(source),
  keep: false,
})
