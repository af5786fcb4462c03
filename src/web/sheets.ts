/** Bringing one’s own spreadsheet, step by step. */
import type { Actor } from '#core/context.ts'
import { Problem } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { directionOf } from '#core/languages/languages.ts'
import { writeXlsx } from '#standards/xlsx/write-xlsx.ts'
import { tableAsCsv } from '#house/formats/csv.ts'
import { describable, type Kind } from '#house/kind.ts'
import { errorsOf } from '#house/pages/forms.ts'
import { errorTable, importPage, previewPage } from '#house/pages/sheet-import.ts'
import { mappingPage, sheetPath, sheetsPage, templateHeader } from '#house/pages/sheets.ts'
import { problemWords } from '#house/pages/problem-words.ts'
import { may } from '#core/permission.ts'
import { startSheet, undoSheet } from '#house/sheets/import.ts'
import { beginSheet, listSheets, mapSheet, previewSheet, readSheet } from '#house/sheets/operations.ts'
import { rereadSheet } from '#house/sheets/reread.ts'
import type { SheetLine } from '#house/sheets/shapes.ts'
import { limits } from '#house/sheets/table.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn, toSignIn } from './signed-in.ts'

type Sheets = {
  carryOn: (actor: Actor, id: string) => Promise<void>
  report: (error: unknown, where: string) => void
}
const fileProblems = new Set(['badSpreadsheet', 'sheetTooLarge', 'malformedZip'])

export function mountSheets(web: Web, asking: Asking, { carryOn, report }: Sheets) {
  const { askAs, view: viewFor, kinds } = asking
  const { page, take: takeForm } = forSignedIn(web, asking)
  const offered = describable(kinds)
  const take = (path: string, work: (asked: Asked, form: URLSearchParams, id: string) => Promise<Answer>) =>
    takeForm(path, (asked, form, { id = '' }) => work(asked, form, id))
  const kindOf = ({ kind }: SheetLine) => kinds.get(kind)!
  const told = (asked: Asked, id: string) => askAs(asked.who, readSheet, { id })
  const back = (asked: Asked, id: string, part = '') => seeOther(viewFor(asked).href(sheetPath(id, part)))

  async function overview(asked: Asked, chosen: Record<string, string> = {}, wrong = ''): Promise<Answer> {
    const { sheets } = await askAs(asked.who, listSheets, {})
    return sheetsPage(viewFor(asked), { kinds: offered, sheets }, chosen, new Map(wrong ? [['file', wrong]] : []))
  }

  page('/sheets', (asked) => overview(asked, { kind: asked.query.get('kind') ?? '' }))

  takeForm(
    '/sheets',
    async (asked, form, _parameters, [sent]) => {
      const view = viewFor(asked)
      const [kind, language] = [form.get('kind') ?? '', form.get('language') ?? asked.language]
      if (!sent) return overview(asked, { kind, language }, view.t('rule.noFile'))
      try {
        const given = { kind, language, encoding: form.get('encoding') ?? 'auto', fileName: sent.name, path: sent.path }
        const { sheet } = await askAs(asked.who, beginSheet, given)
        return back(asked, sheet.id)
      } catch (error) {
        if (!(error instanceof Problem) || !fileProblems.has(error.code)) throw error
        const { detail, next } = problemWords(view, error)
        return overview(asked, { kind, language }, `${detail} ${next}`)
      }
    },
    {
      files: { fileBytes: limits.bytes, files: 1 },
      // A file cannot be kept until somebody has signed in.
      signedOut: toSignIn,
    },
  )

  page('/sheets/:id', async (asked, { id = '' }) => {
    const { sheet, ...rest } = await told(asked, id)
    return sheet.state === 'mapping'
      ? mappingPage(viewFor(asked), { kind: kindOf(sheet), sheet, ...rest })
      : importPage(viewFor(asked), { sheet, ...rest })
  })

  take('/sheets/:id/columns', async (asked, form, id) => {
    const parts = await told(asked, id)
    const columns = parts.header.map((_, at) => {
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
    return orWrong(
      async () => back(asked, (await askAs(asked.who, mapSheet, { id, mapping })).id, 'preview'),
      (misfits) => {
        const sheet = { ...parts.sheet, mapping: { ...before, columns } }
        const errors = errorsOf(viewFor(asked), misfits, ['columns.0'])
        return mappingPage(viewFor(asked), { ...parts, kind: kindOf(sheet), sheet }, errors)
      },
    )
  })

  take('/sheets/:id/reread', async (asked, form, id) => {
    await askAs(asked.who, rereadSheet, { id, encoding: form.get('encoding') ?? 'auto' })
    return back(asked, id)
  })

  const previewOf = async (asked: Asked, id: string) => {
    const preview = await askAs(asked.who, previewSheet, { id })
    return { preview, kind: kindOf(preview.sheet) }
  }

  page('/sheets/:id/preview', async (asked, { id = '' }) => {
    const parts = await previewOf(asked, id)
    if (parts.preview.sheet.state !== 'mapping') return back(asked, id)
    return previewPage(viewFor(asked), { ...parts, mayPublish: may(asked.who.actor, 'record.publish') })
  })

  page('/sheets/:id/errors.csv', async (asked, { id = '' }) => {
    const { preview, kind } = await previewOf(asked, id)
    const table = errorTable(viewFor(asked), kind, preview)
    return download(tableAsCsv(table, asked.language), 'text/csv; charset=utf-8', 'errors.csv')
  })

  /** It goes on while the page that tells of it is already there. */
  const goOn = ({ who }: Asked, id: string) =>
    void carryOn(who.actor, id).catch((error: unknown) => report(error, 'sheets'))

  take('/sheets/:id/start', async (asked, form, id) => {
    await askAs(asked.who, startSheet, { id, publishes: form.get('way') === 'publish' })
    goOn(asked, id)
    return back(asked, id)
  })

  take('/sheets/:id/undo', async (asked, form, id) =>
    orWrong(
      async () => {
        await askAs(asked.who, undoSheet, { id, reason: (form.get('reason') ?? '').trim() })
        goOn(asked, id)
        return back(asked, id)
      },
      async (misfits) => {
        const parts = await told(asked, id)
        return importPage(viewFor(asked), parts, errorsOf(viewFor(asked), misfits, ['reason']))
      },
    ),
  )

  const templateOf = (asked: Asked, name: string): { kind: Kind; rows: string[][] } => {
    const kind = offered.find((one) => one.name === name)
    if (!kind) throw new Problem('notFound', { what: name })
    return { kind, rows: [templateHeader(kind, asked.language)] }
  }
  web.route('GET', '/sheets/templates/:name', async (asked, { name = '' }) => {
    const [, of = '', format = ''] = /^(.+)\.(csv|xlsx)$/.exec(name) ?? []
    const { kind, rows } = templateOf(asked, of)
    const fileName = `${kind.plural}-${asked.language}.${format}`
    if (format === 'csv') return download(tableAsCsv(rows, asked.language), 'text/csv; charset=utf-8', fileName)
    const workbook = await writeXlsx([{ name: of, rows, rightToLeft: directionOf(asked.language) === 'rtl' }])
    return download(workbook, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName)
  })
}

const download = (body: string | Uint8Array, type: string, name: string): Answer => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-cache',
  },
  body,
  keep: false,
})
