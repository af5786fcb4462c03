/** Bringing one’s own spreadsheet, step by step. */
import type { Actor } from '#kernel/context.ts'
import { violation } from '#kernel/problem.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { encodings } from '#codecs/csv/decode.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { describable } from '#records/kind.ts'
import { fileErrors } from '#ui/file-errors.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { importPage } from './pages/spreadsheet-import.ts'
import { mappingPage } from './pages/column-mapping.ts'
import { sheetsPage } from './pages/spreadsheets.ts'
import { mountColumns, mountKeptMappings, mountRereading } from './columns.routes.ts'
import { mountErrorTable, mountTemplates } from './downloads.routes.ts'
import { startSpreadsheetImport, undoSpreadsheetImport } from './import.ts'
import { beginSpreadsheet, listSpreadsheets } from './operations.ts'
import { listMappings } from './mapping-operations.ts'
import { mountPreview, mountWords } from './preview.routes.ts'
import { sheetSteps } from './sheet-steps.ts'
import { limits } from './table.ts'
import { chosenIn, orWrong } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn, toSignIn } from '#accounts/signed-in.ts'

type Sheets = {
  resumeImport: (actor: Actor, id: string) => Promise<void>
  report: (error: unknown, where: string) => void
}

export function mountSpreadsheets(web: Web, pageContext: PageContext, sheets: Sheets) {
  mountBeginning(web, pageContext)
  mountSheet(web, pageContext)
  mountColumns(web, pageContext)
  mountKeptMappings(web, pageContext)
  mountRereading(web, pageContext)
  mountWords(web, pageContext)
  mountPreview(web, pageContext)
  mountErrorTable(web, pageContext)
  mountImport(web, pageContext, sheets)
  mountTemplates(web, pageContext)
}

function mountBeginning(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const { back } = sheetSteps(pageContext)
  const offered = describable(kinds)

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

  take(
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
}

function mountSheet(web: Web, pageContext: PageContext) {
  const { view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const { told, kindOf } = sheetSteps(pageContext)
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
}

function mountImport(web: Web, pageContext: PageContext, { resumeImport, report }: Sheets) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { told, back } = sheetSteps(pageContext)

  /** It continues while its progress page is already shown. */
  const goOn = ({ who }: HttpRequest, id: string) =>
    void resumeImport(who.actor, id).catch((error: unknown) => report(error, 'sheets'))

  take('/sheets/:id/start', async (request, form, { id = '' }) => {
    await askAs(request.who, startSpreadsheetImport, { id, publishes: form.get('way') === 'publish' })
    goOn(request, id)
    return back(request, id)
  })

  take('/sheets/:id/undo', async (request, form, { id = '' }) =>
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
}
