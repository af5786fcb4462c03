/** The sources of records, for curators. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { fileErrors } from '#ui/file-errors.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn, toSignIn } from '#accounts/signed-in.ts'
import { listSources, readRun, readSourceRuns } from './look-up.ts'
import { beginRun, discardRun, startRun } from './operations.ts'
import { runPath, sourcePath } from './pages/paths.ts'
import { runPage } from './pages/run.ts'
import { sourcePage, sourcesPage, typedFields, type Typed } from './pages/sources.ts'
import { limits } from './reading.ts'
import { undoRun } from './undo.ts'

/** What is wrong with a file of metadata, beside what may be wrong with a table. */
const ofMetadata = ['nothingRecognised', 'notUtf8', 'malformedJson', 'tooLarge', 'lineTooLong', 'fileNotFound'] as const

export function mountSources(web: Web, pageContext: PageContext, goOn: (id: string) => void): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  page('/sources', async (request) => sourcesPage(viewFor(request), await askAs(request.who, listSources, {})))

  const source = async (
    request: HttpRequest,
    name: string,
    typed: Typed = {},
    errors: Errors = new Map(),
  ): Promise<HttpResponse> =>
    sourcePage(viewFor(request), await askAs(request.who, readSourceRuns, { name }), typed, errors)

  page('/sources/:name', (request, { name = '' }) => source(request, name))

  take(
    '/sources/:name',
    async (request, form, { name = '' }, [sent]) => {
      const view = viewFor(request)
      const typed: Typed = Object.fromEntries(typedFields.map((field) => [field, (form.get(field) ?? '').trim()]))
      const boxes = { whole: form.get('whole') === 'yes', acceptLosses: form.get('acceptLosses') === 'yes' }
      const isTicked = (box: string) => form.has(box) && chosenIn(form, box, ['yes']) === 'yes'
      const again = (errors: Errors) => source(request, name, { ...typed, ...boxes }, errors)
      if (!sent) return again(new Map([['file', view.t('rule.noFile')]]))
      const said = Object.fromEntries(Object.entries(typed).filter(([, value]) => value))
      return orWrong(
        async () => {
          const ticked = { whole: isTicked('whole'), acceptLosses: isTicked('acceptLosses') }
          try {
            const given = { name, fileName: sent.name, path: sent.path, ...said, ...ticked }
            const { id } = await askAs(request.who, beginRun, given)
            return seeOther(view.href(runPath(id)))
          } catch (error) {
            return again(fileErrors(view, error, ofMetadata))
          }
        },
        (violations) => again(errorsOf(view, violations, [...typedFields, 'whole', 'acceptLosses'])),
      )
    },
    { files: { fileBytes: limits.bytes, files: 1 }, signedOut: toSignIn },
  )

  page('/source-runs/:id', async (request, { id = '' }) => {
    const after = Math.max(0, Math.trunc(Number(request.query.get('after'))) || 0)
    return runPage(viewFor(request), await askAs(request.who, readRun, { id, after }))
  })

  take('/source-runs/:id/start', async (request, _form, { id = '' }) => {
    await askAs(request.who, startRun, { id })
    goOn(id)
    return seeOther(viewFor(request).href(runPath(id)))
  })

  take('/source-runs/:id/discard', async (request, _form, { id = '' }) => {
    const { source: name } = await askAs(request.who, discardRun, { id })
    return seeOther(viewFor(request).href(sourcePath(name)))
  })

  take('/source-runs/:id/undo', async (request, _form, { id = '' }) => {
    await askAs(request.who, undoRun, { id })
    goOn(id)
    return seeOther(viewFor(request).href(runPath(id)))
  })
}
