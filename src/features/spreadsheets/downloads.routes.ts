/** Tables that people take away: one to fill in, and what is wrong in theirs. */
import { noSuch } from '#kernel/problem.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { writeXlsx } from '#codecs/xlsx/write-xlsx.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { tableAsCsv } from '#features/export/csv.ts'
import { describable, type Kind } from '#records/kind.ts'
import type { PageContext } from '#ui/page-context.ts'
import { errorTable } from './pages/spreadsheet-import.ts'
import { templateHeader } from './pages/spreadsheets.ts'
import { sheetSteps } from './sheet-steps.ts'

export function mountErrorTable(web: Web, pageContext: PageContext) {
  const { view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const { previewOf } = sheetSteps(pageContext)
  page('/sheets/:id/errors.csv', async (request, { id = '' }) => {
    const { preview, kind } = await previewOf(request, id)
    const table = errorTable(viewFor(request), kind, preview)
    return download(tableAsCsv(table, request.language), 'text/csv; charset=utf-8', 'errors.csv')
  })
}

export function mountTemplates(web: Web, { kinds }: PageContext) {
  const offered = describable(kinds)
  const templateOf = (request: HttpRequest, name: string): { kind: Kind; rows: string[][] } => {
    const kind = offered.find((one) => one.name === name)
    if (!kind) throw noSuch('kind', name)
    return { kind, rows: [templateHeader(kind, request.language)] }
  }
  web.route('GET', '/sheets/templates/:name', async (request, { name = '' }) => {
    const [, of = '', format = ''] = /^(.+)\.(csv|xlsx)$/.exec(name) ?? []
    const { kind, rows } = templateOf(request, of)
    const fileName = `${kind.plural}-${request.language}.${format}`
    if (format === 'csv') return download(tableAsCsv(rows, request.language), 'text/csv; charset=utf-8', fileName)
    const workbook = await writeXlsx([{ name: of, rows, rightToLeft: directionOf(request.language) === 'rtl' }])
    return download(workbook, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName)
  })
}

const download = (body: string | Uint8Array, type: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-cache',
  },
  body,
  keep: false,
})
