/** The addresses of the notes of a draft. */
import { noSuch } from '#kernel/problem.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { stepsOf } from '#records/form/plan.ts'
import { orWrong } from '#ui/form-post.ts'
import { seeOther } from '#ui/form-post.ts'
import { errorsOf } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { listDraftNotes, removeDraftNote, takeDraftNote } from './drafts/notes.ts'
import { readDraft } from './drafts/write.ts'
import { draftPath } from './pages/draft.ts'
import { notePage, notesPage, notesPath } from './pages/notes.ts'

export function mountNotes(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  const partsOf = async (request: HttpRequest, id: string) => {
    const draft = await askAs(request.who, readDraft, { id })
    const { notes } = await askAs(request.who, listDraftNotes, { id })
    return { draft, notes, kind: kinds.get(draft.kind)! }
  }
  const oneOf = async (request: HttpRequest, id: string, name: string) => {
    const { notes, ...parts } = await partsOf(request, id)
    const note = notes.find((one) => one.id === name)
    if (!note) throw noSuch('draftNote', name)
    return { ...parts, note }
  }

  page('/drafts/:id/notes', async (request, { id = '' }) => notesPage(viewFor(request), await partsOf(request, id)))
  page('/drafts/:id/notes/:note', async (request, { id = '', note = '' }) =>
    notePage(viewFor(request), await oneOf(request, id, note)),
  )

  take('/drafts/:id/notes/:note', async (request, form, { id = '', note = '' }) => {
    const view = viewFor(request)
    if (form.get('go') === 'delete') {
      await askAs(request.who, removeDraftNote, { id, note })
      return seeOther(view.href(notesPath(id)))
    }
    const [field, text] = [form.get('field') ?? '', form.get('text') ?? '']
    return orWrong(
      async () => {
        await askAs(request.who, takeDraftNote, { id, note, field, text, language: request.language })
        const { draft } = await partsOf(request, id)
        const step = stepsOf(kinds.get(draft.kind)!).find(({ asked }) => asked.some(({ name }) => name === field))
        return seeOther(view.href(draftPath(id, step?.name)))
      },
      async (violations) => {
        const errors = errorsOf(view, violations, ['field', 'text'])
        return notePage(view, await oneOf(request, id, note), errors, { field, text })
      },
    )
  })
}
