/** Keeping a list so that it can be cited, its page, and the same as files. */
import { taking } from '#kernel/http/asked-names.ts'
import { Readable } from 'node:stream'
import { valuesOf } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { noSuch } from '#kernel/problem.ts'
import { validate } from '#kernel/schema.ts'
import { toBibtex } from '#features/export/bibtex.ts'
import { csvOf } from '#features/export/csv-response.ts'
import { toRis } from '#features/export/ris.ts'
import { SearchInput } from '#search/input.ts'
import { recordPath } from '#ui/cards.ts'
import { post, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { View } from '#ui/view.ts'
import { citeList, mostCited, readCitedList, readCitedText, type CitedList } from './operations.ts'
import { citedListPage, onPage } from './pages/cited-list.ts'
import { cslOf, pathOfList, titleOf } from './words.ts'

const wellFormed = /^([0-9a-f]{32})(?:\.(csv|json|txt|bib|ris|csl))?$/
const atOnce = 500

const inputOf = ({ query }: CitedList): SearchInput =>
  validate(SearchInput, valuesOf(new URLSearchParams(query)), 'fromText')

export function mountCitedLists(web: Web, { ask, askAs, view: viewFor }: PageContext): void {
  const readPart = (id: string, from: number, limit: number) => ask(readCitedList, { id, from, limit })

  post(web, '/cited-lists', async (request, form) => {
    const { language, remote, who } = request
    const query = form.get('query') ?? ''
    const { id } = await askAs(who, citeList, { query: query.slice(0, 2_000), language, remote })
    return seeOther(viewFor(request).href(pathOfList(id)))
  })

  const page = async (request: HttpRequest, id: string) => {
    const asked = Number(request.query.get('from') ?? 1)
    const from = Number.isInteger(asked) && asked >= 1 && asked <= mostCited ? asked : 1
    const list = await readPart(id, from, onPage)
    return citedListPage(viewFor(request), { list, input: inputOf(list), from })
  }

  web.route(
    'GET',
    '/cited-lists/:name',
    async (request, { name = '' }) => {
      const [, id, format] = wellFormed.exec(name) ?? []
      if (!id) throw noSuch('citedList', name.slice(0, 100))
      if (format === undefined) return page(request, id)
      if (format === 'txt') return file('text/plain', (await ask(readCitedText, { id })).text)
      const view = viewFor(request)
      const first = await readPart(id, 1, atOnce)
      if (format === 'csv') return download('text/csv', name, parts(first, readPart, csvLines(view)))
      if (format === 'json') return download('application/json', name, jsonOf(first, readPart))
      const item = cslOf(view, first, inputOf(first))
      if (format === 'bib') return download('application/x-bibtex', name, [toBibtex(item)])
      if (format === 'ris') return download('application/x-research-info-systems', name, [toRis(item)])
      return download('application/vnd.citationstyles.csl+json', name, [`${JSON.stringify([item], null, 2)}\n`])
    },
    { takes: taking('from') },
  )
}

type ReadPart = (id: string, from: number, limit: number) => Promise<CitedList>

async function* parts(
  first: CitedList,
  readPart: ReadPart,
  write: (entries: CitedList['entries'], isFirst: boolean) => string,
): AsyncGenerator<string> {
  yield write(first.entries, true)
  for (let from = atOnce + 1; from <= first.total; from += atOnce)
    yield write((await readPart(first.id, from, atOnce)).entries, false)
}

const columns = ['position', 'id', 'version', 'state', 'kind', 'title', 'address']

const csvLines =
  (view: View) =>
  (entries: CitedList['entries'], isFirst: boolean): string => {
    const rows = entries.map((entry) => {
      const { position, id, revision, state, record } = entry
      const address = view.absolute(record ? `${recordPath(id)}/versions/${revision}` : recordPath(id))
      return [
        String(position),
        id,
        String(revision),
        state,
        record?.kind ?? '',
        record ? titleOf(view, entry) : '',
        address,
      ]
    })
    return isFirst ? csvOf([columns, ...rows]) : csvOf(rows).slice(1)
  }

/** All that `citedLists.read` answers, with all entries; a line each. */
async function* jsonOf(first: CitedList, readPart: ReadPart): AsyncGenerator<string> {
  const { entries: _, ...head } = first
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`
  yield* parts(first, readPart, (entries, isFirst) =>
    entries.map((entry, i) => `${isFirst && i === 0 ? '' : ','}\n${JSON.stringify(entry)}`).join(''),
  )
  yield '\n]}\n'
}

const file = (type: string, body: HttpResponse['body']): HttpResponse => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...openToAll },
  body,
  keep: false,
})

function download(type: string, name: string, text: AsyncIterable<string> | Iterable<string>): HttpResponse {
  const { headers, ...rest } = file(type, Readable.from(text))
  return { ...rest, headers: { ...headers, 'content-disposition': `attachment; filename="qingdao-list-${name}"` } }
}
