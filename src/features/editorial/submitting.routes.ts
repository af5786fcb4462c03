/** Submitting many drafts at once: those that came from a spreadsheet, for example. */
import { Problem } from '#kernel/problem.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import type { Errors } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { problemWords } from '#ui/problem-words.ts'
import { listReady } from './drafts/ready.ts'
import { stepDraft } from './drafts/steps.ts'
import { submitManyPage, type Submitted } from './pages/submit-many.ts'

const mostAtOnce = 100

export function mountSubmitting(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  const show = async (
    request: HttpRequest,
    after: number,
    { submitted, errors = new Map() }: { submitted?: Submitted; errors?: Errors } = {},
  ) =>
    submitManyPage(viewFor(request), { ...(await askAs(request.who, listReady, { after })), after, submitted, errors })
  const afterIn = (text: string | null) => Math.max(0, Math.trunc(Number(text) || 0))

  page('/desk/submit', (request) => show(request, afterIn(request.query.get('after'))))

  /** One that cannot be submitted keeps none of the others back. */
  take('/desk/submit', async (request, form) => {
    const view = viewFor(request)
    const submitted: Submitted = { count: 0, refused: [] }
    const chosenOnes = form.getAll('draft').filter((one) => /^[0-9a-z]{16}\.\d{1,9}$/.test(one))
    if (chosenOnes.length === 0) return show(request, 0, { errors: new Map([['draft', view.t('rule.notOffered')]]) })
    for (const chosen of chosenOnes.slice(0, mostAtOnce)) {
      const [id = '', revision = ''] = chosen.split('.')
      try {
        await askAs(request.who, stepDraft, { id, step: 'submit', revision: Number(revision) || 1 })
        submitted.count++
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        const { title, detail } = problemWords(view, error)
        submitted.refused.push({ id, title: form.get(`title.${id}`) ?? id, why: `${title}. ${detail}` })
      }
    }
    return show(request, 0, { submitted })
  })
}
