/** What readers answer to a record: they tried it, learned from it, vouch for it, confirm or contradict it. */
import { noSuch } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { beginDraft } from '#features/editorial/drafts/write.ts'
import { stepsOf } from '#records/form/plan.ts'
import { acts, actsOn, isAct, valuesOf } from './pages/acts.ts'
import { draftPath } from '#features/editorial/pages/draft.ts'
import { read } from '#records/operations.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'

export function mountResponses(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const answer = async (
    request: HttpRequest,
    form: URLSearchParams,
    { id = '' }: Record<string, string>,
  ): Promise<HttpResponse> => {
    const act = form.get('act') ?? ''
    const record = await askAs(request.who, read, { id })
    if (!isAct(act) || !actsOn(kinds, record.kind).includes(act)) throw noSuch('reply', act)
    const values = valuesOf(kinds, act, record.id)
    const begun = { kind: acts[act].kind, language: request.language, values }
    const draft = await askAs(request.who, beginDraft, begun)
    return seeOther(viewFor(request).href(draftPath(draft.id, stepsOf(kinds.get(draft.kind)!)[0]!.name)))
  }
  forSignedIn(web, pageContext).take('/records/:id/answer', answer)
}
