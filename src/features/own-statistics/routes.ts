/** Bringing one’s own statistics, step by step. */
import { may } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { tableAsCsv } from '#features/export/csv.ts'
import { listIndicators } from '#features/indicators/values.ts'
import { forSignedIn, toSignIn, type SignedIn } from '#accounts/signed-in.ts'
import { readDate } from '#records/locale-values/dates.ts'
import { isFault } from '#records/locale-values/fault.ts'
import { fileErrors } from '#ui/file-errors.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { addIndicator } from './add-indicator.ts'
import { tableLimits } from './looking.ts'
import { beginImport, chooseColumns, listImports, previewImport } from './operations.ts'
import { startImport, undoImport } from './take.ts'
import { describeChoices, describeFields, describePage } from './pages/describe.ts'
import { errorRows } from './pages/error-words.ts'
import { donePage, mostColumns, previewPage } from './pages/import.ts'
import { importFields, importPath, importsPage, importsPath } from './pages/imports.ts'

export function mountOwnStatistics(web: Web, pageContext: PageContext): void {
  mountBeginning(web, pageContext)
  mountDescribing(web, pageContext)
  mountTemplates(web)
  mountColumns(web, pageContext)
  mountErrorTable(web, pageContext)
  mountTaking(web, pageContext)
}

/** What the steps of bringing statistics share: who may, how far an import is, and going on to it. */
function importSteps({ askAs, askOnce, view: viewFor, refuse }: PageContext) {
  const only = async (request: HttpRequest): Promise<void> => {
    if (!may(request.who.actor, 'statistics.import')) await refuse(request.who, listImports.name)
  }
  const indicators = async () => (await askOnce(listIndicators, {})).indicators.map(({ record }) => record.body)
  const back = (request: HttpRequest, id: string) => seeOther(viewFor(request).href(importPath(id)))

  async function preview(
    request: HttpRequest,
    id: string,
    errors: Errors = new Map(),
    typed?: Record<string, string>,
  ): Promise<HttpResponse> {
    const found = await askAs(request.who, previewImport, { id })
    const offered = await indicators()
    if (found.line.state === 'preview') {
      const units = new Map(offered.map(({ code, unit }) => [code, unit]))
      return previewPage(viewFor(request), { preview: found, offered, units }, errors, typed)
    }
    return donePage(viewFor(request), found)
  }

  return { only, indicators, back, preview }
}

function mountBeginning(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const { only, indicators, back } = importSteps(pageContext)

  async function overview(request: HttpRequest, chosen = {}, errors: Errors = new Map()): Promise<HttpResponse> {
    const { imports } = await askAs(request.who, listImports, {})
    return importsPage(viewFor(request), { imports, offered: await indicators() }, chosen, errors)
  }

  page(importsPath, async (request) => {
    await only(request)
    return overview(request)
  })

  take(
    importsPath,
    async (request, form, _parameters, [sent]) => {
      await only(request)
      const view = viewFor(request)
      const given = textsOf(form, importFields)
      const begin = async () => {
        if (!sent) throw violation('file', 'noFile')
        const { file: _, ...said } = given
        const { id } = await askAs(request.who, beginImport, {
          ...said,
          publishedOn: dayIn(request, given['publishedOn']!),
          fileName: sent.name,
          path: sent.path,
        })
        return back(request, id)
      }
      try {
        return await orWrong(begin, (violations) => overview(request, given, errorsOf(view, violations, importFields)))
      } catch (error) {
        return overview(request, given, fileErrors(view, error, ['tooLarge']))
      }
    },
    { files: { fileBytes: tableLimits.bytes, files: 1 }, signedOut: toSignIn },
  )
}

function mountDescribing(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const { only } = importSteps(pageContext)

  page(`${importsPath}/indicator`, async (request) => {
    await only(request)
    return describePage(viewFor(request))
  })

  take(`${importsPath}/indicator`, async (request, form) => {
    await only(request)
    const given = textsOf(form, describeFields)
    const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
    return orWrong(
      async () => {
        for (const [name, list] of Object.entries(describeChoices)) chosenIn(form, name, list)
        const { body } = await askAs(request.who, addIndicator, told)
        return seeOther(viewFor(request).href(`/indicators/${String(body['code'])}`))
      },
      (violations) => describePage(viewFor(request), given, errorsOf(viewFor(request), violations, describeFields)),
    )
  })
}

function mountTemplates(web: Web): void {
  const template = (name: string, rows: string[][]) =>
    web.route('GET', `${importsPath}/${name}.csv`, async (request) =>
      download(tableAsCsv(rows, request.language), `statistics-${name}.csv`),
    )
  template('long', [
    ['indicator', 'country', 'year', 'sex', 'value', 'status'],
    ['KE-laptops', 'KEN', '2023', 'F', '41.5', 'A'],
    ['KE-laptops', 'KEN', '2023', 'M', '43.2', 'A'],
  ])
  template('wide', [
    ['indicator', 'country', '2021', '2022', '2023'],
    ['KE-laptops', 'KEN', '35.1', '', '42.3'],
  ])
}

function mountColumns(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const { only, back, preview } = importSteps(pageContext)

  page(`${importsPath}/:id`, async (request, { id = '' }) => {
    await only(request)
    return preview(request, id)
  })

  take(`${importsPath}/:id`, async (request, form, { id = '' }) => {
    await only(request)
    const { line } = await askAs(request.who, previewImport, { id })
    const names = [...importFields.filter((name) => name !== 'file'), 'decimal']
    const given = textsOf(form, names)
    const typed = Object.fromEntries([...form].filter(([name]) => /^columns\.\d{1,3}$/.test(name)))
    const columns = line.columns.map((role, at) => (at < mostColumns ? (typed[`columns.${at}`] ?? role) : role))
    return orWrong(
      async () => {
        await askAs(request.who, chooseColumns, {
          id,
          ...given,
          publishedOn: dayIn(request, given['publishedOn']!),
          columns,
        })
        return back(request, id)
      },
      (violations) => {
        const fields = [...names, ...columns.map((_, at) => `columns.${at}`)]
        return preview(request, id, errorsOf(viewFor(request), violations, fields), { ...given, ...typed })
      },
    )
  })
}

function mountErrorTable(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const { only } = importSteps(pageContext)
  page(`${importsPath}/:id/errors.csv`, async (request, { id = '' }) => {
    await only(request)
    const { errors } = await askAs(request.who, previewImport, { id })
    return download(tableAsCsv(errorRows(viewFor(request), errors), request.language), 'errors.csv')
  })
}

function mountTaking(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { only, back, preview } = importSteps(pageContext)

  take(`${importsPath}/:id/start`, async (request, form, { id = '' }) => {
    await only(request)
    return orWrong(
      async () => {
        await askAs(request.who, startImport, { id, leaveOut: form.get('leaveOut') === 'true' })
        return back(request, id)
      },
      (violations) => preview(request, id, errorsOf(viewFor(request), violations, ['leaveOut'])),
    )
  })

  take(`${importsPath}/:id/undo`, async (request, _form, { id = '' }) => {
    await only(request)
    await askAs(request.who, undoImport, { id })
    return back(request, id)
  })
}

const textsOf = (form: URLSearchParams, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, (form.get(name) ?? '').trim()]))

/** A day as people of the language write it; what is none is left for the operation to refuse. */
function dayIn({ language }: SignedIn | HttpRequest, text: string): string {
  const read = readDate(text, { language })
  return isFault(read) || read.isPeriod ? text : read.from
}

const download = (body: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-cache',
  },
  body,
  keep: false,
})
