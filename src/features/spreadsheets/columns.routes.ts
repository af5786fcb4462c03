/** Saying which column of a spreadsheet is which field, and how its file is to be read. */
import { languages } from '#kernel/i18n/languages.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { Violation } from '#kernel/problem.ts'
import { encodings } from '#codecs/csv/decode.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { errorsOf } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { separators } from './cells.ts'
import { applyMapping, deleteMapping } from './mapping-operations.ts'
import { mapSpreadsheet } from './operations.ts'
import { mappingPage, offeredColumns, tonguesFor } from './pages/column-mapping.ts'
import { sheetPath } from './pages/spreadsheets.ts'
import { rereadSpreadsheet } from './reread.ts'
import type { SpreadsheetLine } from './shapes.ts'
import { sheetSteps } from './sheet-steps.ts'

type Steps = ReturnType<typeof sheetSteps>
type Parts = Awaited<ReturnType<Steps['told']>> & { keepAs?: string }

/** The page of columns as it was sent, with what is wrong in which of its fields. */
const refusalOf =
  ({ view }: PageContext, { kindOf }: Pick<Steps, 'kindOf'>) =>
  (request: HttpRequest, parts: Parts, violations: readonly Violation[], names: readonly string[]) =>
    mappingPage(view(request), { ...parts, kind: kindOf(parts.sheet) }, errorsOf(view(request), violations, names))

export function mountColumns(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const steps = sheetSteps(pageContext)
  const { told, back, kindOf } = steps
  const refused = refusalOf(pageContext, steps)
  take('/sheets/:id/columns', async (request, form, { id = '' }) => {
    const parts = await told(request, id)
    const { mapping: before } = parts.sheet
    const columns = columnsIn(form, parts.header, before.columns)
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
          const column = before.columns[Number(name.split('.')[1])] ?? null
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
        return refused(request, { ...parts, sheet, keepAs }, violations, [...names, 'separator', 'language', 'keepAs'])
      },
    )
  })
}

type Columns = SpreadsheetLine['mapping']['columns']

/** What the form says of each column; of very many, a page shows some, and the others stay as they were. */
function columnsIn(form: URLSearchParams, header: readonly string[], before: Columns): Columns {
  return header.map((_, at) => {
    if (!form.has(`columns.${at}`)) return before[at] ?? null
    const language = form.get(`languages.${at}`)
    const field = form.get(`columns.${at}`)
    return field ? { field, ...(language && { language }) } : null
  })
}

export function mountKeptMappings(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const steps = sheetSteps(pageContext)
  const { told, back } = steps
  const refused = refusalOf(pageContext, steps)
  take('/sheets/:id/mapping', async (request, form, { id = '' }) => {
    const parts = await told(request, id)
    return orWrong(
      async () => {
        await askAs(request.who, applyMapping, { id, name: chosenIn(form, 'name', parts.mappings) })
        return back(request, id)
      },
      (violations) => refused(request, parts, violations, ['name']),
    )
  })

  take('/sheets/mappings/delete', async (request, form) => {
    await askAs(request.who, deleteMapping, { kind: form.get('kind') ?? '', name: form.get('name') ?? '' })
    return seeOther(viewFor(request).href('/sheets'))
  })
}

export function mountRereading(web: Web, pageContext: PageContext) {
  const { askAs } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const steps = sheetSteps(pageContext)
  const { told, back } = steps
  const refused = refusalOf(pageContext, steps)
  take('/sheets/:id/reread', async (request, form, { id = '' }) => {
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
      (violations) => refused(request, parts, violations, ['headerRow', 'sheet', 'encoding']),
    )
  })
}
