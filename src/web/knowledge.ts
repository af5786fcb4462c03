/** What readers answer to a record: they tried it, learned from it, vouch for it, confirm or contradict it. */
import { Problem } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { beginDraft } from '#house/drafts/write.ts'
import { stepsOf } from '#house/forms/plan.ts'
import { acts, actsOn, isAct, valuesOf } from '#house/pages/acts.ts'
import { draftPath } from '#house/pages/draft.ts'
import { evidenceLevelsPage } from '#house/pages/evidence-levels.ts'
import { read } from '#house/record/operations.ts'
import { seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn } from './signed-in.ts'

export function mountKnowledge(web: Web, asking: Asking) {
  const { askAs, view: viewFor, kinds } = asking
  const answer = async (asked: Asked, form: URLSearchParams, { id = '' }: Record<string, string>): Promise<Answer> => {
    const act = form.get('act') ?? ''
    const record = await askAs(asked.who, read, { id })
    if (!isAct(act) || !actsOn(kinds, record.kind).includes(act)) throw new Problem('notFound', { what: act })
    const values = valuesOf(kinds, act, record.id)
    const begun = { kind: acts[act].kind, language: asked.language, values }
    const draft = await askAs(asked.who, beginDraft, begun)
    return seeOther(viewFor(asked).href(draftPath(draft.id, stepsOf(kinds.get(draft.kind)!)[0]!.name)))
  }
  forSignedIn(web, asking).take('/records/:id/answer', answer)
  web.route('GET', '/evidence-levels', (asked) => evidenceLevelsPage(viewFor(asked)))
}
