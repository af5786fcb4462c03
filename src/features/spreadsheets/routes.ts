/** Bringing one’s own spreadsheet, step by step. */
import type { Actor } from '#kernel/context.ts'
import { mapSpreadsheetWords } from './map-words.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { separators } from './cells.ts'
import { encodings } from '#codecs/csv/decode.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { writeXlsx } from '#codecs/xlsx/write-xlsx.ts'
import { tableAsCsv } from '#features/export/csv.ts'
import { describable, type Kind } from '#records/kind.ts'
import { fileErrors } from '#ui/file-errors.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { errorTable, importPage, previewPage } from './pages/spreadsheet-import.ts'
import { mappingPage, offeredColumns, tonguesFor } from './pages/column-mapping.ts'
import { sheetPath, sheetsPage, templateHeader } from './pages/spreadsheets.ts'
import { may } from '#kernel/permission.ts'
import { startSpreadsheetImport, undoSpreadsheetImport } from './import.ts'
import { beginSpreadsheet, listSpreadsheets, mapSpreadsheet, previewSpreadsheet, readSheet } from './operations.ts'
import { rereadSpreadsheet } from './reread.ts'
import { applyMapping, deleteMapping, listMappings } from './mapping-operations.ts'
import type { SpreadsheetLine } from './shapes.ts'
import { limits } from './table.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn, toSignIn } from '#accounts/signed-in.ts'

type Sheets = {
  resumeImport: (actor: Actor, id: string) => Promise<void>
  report: (error: unknown, where: string) => void
}

export function mountSpreadsheets(web: Web, pageContext: PageContext, { resumeImport, report }: Sheets) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page, take: takeForm } = forSignedIn(web, pageContext)
  const offered = describable(kinds)
  const take = (
    path: string,
    work: (request: HttpRequest, form: URLSearchParams, id: string) => Promise<HttpResponse>,
  ) => takeForm(path, (request, form, { id = '' }) => work(request, form, id))
  const kindOf = ({ kind }: SpreadsheetLine) => kinds.get(kind)!
  const told = (request: HttpRequest, id: string) => askAs(request.who, readSheet, { id })
  const back = (request: HttpRequest, id: string, part = '') => seeOther(viewFor(request).href(sheetPath(id, part)))

  async function overview(
    request: HttpRequest,
    chosen: Record<string, string> = {},
    errors: Errors = new Map(),
  ): Promise<HttpResponse> {
    const [{ sheets }, { mappings }] = await Promise.all([
      askAs(request.who, listSpreadsheets, {}),
      askAs(request.who, listMappings, {}),
    ])
    return sheetsPage(viewFor(request), { kinds: offered, sheets, mappings }, chosen, errors)
  }

  page('/sheets', (request) => overview(request, { kind: request.query.get('kind') ?? '' }))

  takeForm(
    '/sheets',
    async (request, form, _parameters, [sent]) => {
      const view = viewFor(request)
      const [kind, language] = [form.get('kind') ?? '', form.get('language') ?? request.language]
      const encoding = form.get('encoding') ?? 'auto'
      const chosen = { kind, language, encoding }
      const begin = async () => {
        chosenIn(
          form,
          'kind',
          offered.map(({ name }) => name),
        )
        if (form.has('language')) chosenIn(form, 'language', languages)
        if (form.has('encoding')) chosenIn(form, 'encoding', encodings)
        if (!sent) throw violation('file', 'noFile')
        const { sheet } = await askAs(request.who, beginSpreadsheet, {
          ...chosen,
          fileName: sent.name,
          path: sent.path,
        })
        return back(request, sheet.id)
      }
      try {
        return await orWrong(begin, (violations) =>
          overview(request, chosen, errorsOf(view, violations, ['file', 'kind', 'language', 'encoding'])),
        )
      } catch (error) {
        return overview(request, chosen, fileErrors(view, error, ['malformedJson']))
      }
    },
    {
      files: { fileBytes: limits.bytes, files: 1 },
      // A file cannot be kept until somebody has signed in.
      signedOut: toSignIn,
    },
  )

  page('/sheets/:id', async (request, { id = '' }) => {
    const { sheet, ...rest } = await told(request, id)
    return sheet.state === 'mapping'
      ? mappingPage(viewFor(request), {
          kind: kindOf(sheet),
          sheet,
          ...rest,
          from: Number(request.query.get('columns')) || 0,
        })
      : importPage(viewFor(request), { sheet, ...rest })
  })

  take('/sheets/:id/columns', async (request, form, id) => {
    const parts = await told(request, id)
    const columns = parts.header.map((_, at) => {
      // Of very many columns a page shows some.
      if (!form.has(`columns.${at}`)) return parts.sheet.mapping.columns[at] ?? null
      const language = form.get(`languages.${at}`)
      const field = form.get(`columns.${at}`)
      return field ? { field, ...(language && { language }) } : null
    })
    const { mapping: before } = parts.sheet
    const mapping = {
      columns,
      separator: form.get('separator') ?? before.separator,
      language: form.get('language') ?? before.language,
    }
    const keepAs = (form.get('keepAs') ?? '').trim()
    const names = [...form.keys()].filter((name) => /^(?:columns|languages)\.\d+$/.test(name))
    return orWrong(
      async () => {
        for (const name of names) {
          const column = parts.sheet.mapping.columns[Number(name.split('.')[1])] ?? null
          chosenIn(form, name, [
            '',
            ...(name.startsWith('columns.') ? offeredColumns(kindOf(parts.sheet)) : tonguesFor(column)),
          ])
        }
        if (form.has('separator')) chosenIn(form, 'separator', separators)
        if (form.has('language')) chosenIn(form, 'language', languages)
        await askAs(request.who, mapSpreadsheet, { id, mapping, ...(keepAs && { keepAs }) })
        const go = Number(form.get('go')) || 0
        return go > 0 ? seeOther(viewFor(request).href(`${sheetPath(id)}?columns=${go}`)) : back(request, id, 'preview')
      },
      (violations) => {
        const sheet = { ...parts.sheet, mapping: { ...before, columns } }
        const errors = errorsOf(viewFor(request), violations, [...names, 'separator', 'language', 'keepAs'])
        return mappingPage(viewFor(request), { ...parts, kind: kindOf(sheet), sheet, keepAs }, errors)
      },
    )
  })

  take('/sheets/:id/mapping', async (request, form, id) => {
    const parts = await told(request, id)
    return orWrong(
      async () => {
        await askAs(request.who, applyMapping, { id, name: chosenIn(form, 'name', parts.mappings) })
        return back(request, id)
      },
      (violations) =>
        mappingPage(
          viewFor(request),
          { ...parts, kind: kindOf(parts.sheet) },
          errorsOf(viewFor(request), violations, ['name']),
        ),
    )
  })

  takeForm('/sheets/mappings/delete', async (request, form) => {
    await askAs(request.who, deleteMapping, { kind: form.get('kind') ?? '', name: form.get('name') ?? '' })
    return seeOther(viewFor(request).href('/sheets'))
  })

  take('/sheets/:id/reread', async (request, form, id) => {
    const parts = await told(request, id)
    return orWrong(
      async () => {
        const { sheetNames, firstRows } = parts
        const sheet = form.has('sheet') ? chosenIn(form, 'sheet', sheetNames) : ''
        const rows = firstRows.map(({ number }) => String(number))
        const headerRow = form.has('headerRow') ? Number(chosenIn(form, 'headerRow', rows)) : 0
        const encoding = form.has('encoding') ? chosenIn(form, 'encoding', encodings) : 'auto'
        await askAs(request.who, rereadSpreadsheet, { id, encoding, sheet, headerRow })
        return back(request, id)
      },
      (violations) =>
        mappingPage(
          viewFor(request),
          { ...parts, kind: kindOf(parts.sheet) },
          errorsOf(viewFor(request), violations, ['headerRow', 'sheet', 'encoding']),
        ),
    )
  })

  const previewOf = async (request: HttpRequest, id: string) => {
    const preview = await askAs(request.who, previewSpreadsheet, { id })
    return { preview, kind: kindOf(preview.sheet) }
  }

  take('/sheets/:id/words', async (request, form, id) => {
    const words = [...form.keys()].flatMap((name) => {
      const at = /^word\.(\d{1,4})$/.exec(name)?.[1]
      if (at === undefined) return []
      const typed = (form.get(`term.${at}`) ?? '').trim()
      const [field, word] = [form.get(`field.${at}`) ?? '', form.get(name) ?? '']
      return [{ at, field, word, to: typed || (form.get(`to.${at}`) ?? '') }]
    })
    return orWrong(
      async () => {
        await askAs(request.who, mapSpreadsheetWords, { id, words: words.map(({ at: _, ...one }) => one) })
        return back(request, id, 'preview')
      },
      async (violations) => {
        const parts = await previewOf(request, id)
        const typed = new Map(words.map((one) => [`${one.field} ${one.word}`, one.to]))
        const shown = parts.preview.words.map((one) => ({
          ...one,
          to: typed.get(`${one.field} ${one.word}`) ?? one.to,
        }))
        const moved = violations.map((one) => ({
          ...one,
          place: `words.${words[Number(one.place.split('.')[1])]?.at ?? 0}`,
        }))
        const errors = errorsOf(
          viewFor(request),
          moved,
          words.map(({ at }) => `words.${at}`),
        )
        const preview = { ...parts.preview, words: shown }
        return previewPage(viewFor(request), { ...parts, preview, mayPublish: mayPublish(request) }, errors)
      },
    )
  })

  const mayPublish = (request: HttpRequest) => may(request.who.actor, 'record.publish')

  page('/sheets/:id/preview', async (request, { id = '' }) => {
    const parts = await previewOf(request, id)
    if (parts.preview.sheet.state !== 'mapping') return back(request, id)
    return previewPage(viewFor(request), { ...parts, mayPublish: mayPublish(request) })
  })

  page('/sheets/:id/errors.csv', async (request, { id = '' }) => {
    const { preview, kind } = await previewOf(request, id)
    const table = errorTable(viewFor(request), kind, preview)
    return download(tableAsCsv(table, request.language), 'text/csv; charset=utf-8', 'errors.csv')
  })

  /** It continues while its progress page is already shown. */
  const goOn = ({ who }: HttpRequest, id: string) =>
    void resumeImport(who.actor, id).catch((error: unknown) => report(error, 'sheets'))

  take('/sheets/:id/start', async (request, form, id) => {
    await askAs(request.who, startSpreadsheetImport, { id, publishes: form.get('way') === 'publish' })
    goOn(request, id)
    return back(request, id)
  })

  take('/sheets/:id/undo', async (request, form, id) =>
    orWrong(
      async () => {
        await askAs(request.who, undoSpreadsheetImport, { id, reason: (form.get('reason') ?? '').trim() })
        goOn(request, id)
        return back(request, id)
      },
      async (violations) => {
        const parts = await told(request, id)
        const typed = form.get('reason') ?? ''
        return importPage(viewFor(request), parts, errorsOf(viewFor(request), violations, ['reason']), typed)
      },
    ),
  )

  const templateOf = (request: HttpRequest, name: string): { kind: Kind; rows: string[][] } => {
    const kind = offered.find((one) => one.name === name)
    if (!kind) throw new Problem('notFound', { what: name })
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
