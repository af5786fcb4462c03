/** What would come of a spreadsheet, before it is imported, and what its words mean. */
import { may } from '#kernel/permission.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { errorsOf } from '#ui/forms.ts'
import { orWrong } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { mapSpreadsheetWords } from './map-words.ts'
import { previewPage } from './pages/spreadsheet-import.ts'
import { sheetSteps } from './sheet-steps.ts'

const mayPublish = (request: HttpRequest) => may(request.who.actor, 'record.publish')

export function mountPreview(web: Web, pageContext: PageContext) {
  const { view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const { back, previewOf } = sheetSteps(pageContext)
  page('/sheets/:id/preview', async (request, { id = '' }) => {
    const parts = await previewOf(request, id)
    if (parts.preview.sheet.state !== 'mapping') return back(request, id)
    return previewPage(viewFor(request), { ...parts, mayPublish: mayPublish(request) })
  })
}

export function mountWords(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const { back, previewOf } = sheetSteps(pageContext)
  take('/sheets/:id/words', async (request, form, { id = '' }) => {
    const words = wordsIn(form)
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
}

function wordsIn(form: URLSearchParams) {
  return [...form.keys()].flatMap((name) => {
    const at = /^word\.(\d{1,4})$/.exec(name)?.[1]
    if (at === undefined) return []
    const typed = (form.get(`term.${at}`) ?? '').trim()
    const [field, word] = [form.get(`field.${at}`) ?? '', form.get(name) ?? '']
    return [{ at, field, word, to: typed || (form.get(`to.${at}`) ?? '') }]
  })
}
