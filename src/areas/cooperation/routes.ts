/** Offers of support and requests for it, and what came of them. */
import { codesTaken } from '#ui/code-choices.ts'
import { oneOf } from '#kernel/http/asked-names.ts'
import type { Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { mountList } from '#features/export/list-page.ts'
import { beginDraft } from '#features/editorial/drafts/write.ts'
import { draftPath } from '#features/editorial/pages/draft.ts'
import { openStates } from '#records/deadline.ts'
import { stepsOf } from '#records/form/plan.ts'
import { read } from '#records/operations.ts'
import { afterIn, codesIn } from '#ui/code-choices.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { cooperationOutcome } from './cooperation-outcome.ts'
import { offersPage, supportFilters, supportKinds, type SupportChoice } from './pages/offers.ts'
import { supportOverview } from './support.ts'

export function mountCooperation(web: Web, pageContext: PageContext): void {
  mountOffers(web, pageContext)
  mountOutcomes(web, pageContext)
}

/** Those that are open, unless others are asked for. */
function mountOffers(web: Web, pageContext: PageContext) {
  mountList(web, pageContext, {
    path: '/offers',
    title: ({ t }) => t('offers.title'),
    takes: { ...codesTaken(supportFilters), kind: oneOf(supportKinds), state: oneOf(openStates) },
    read: async ({ query }) => {
      const kind = supportKinds.find((one) => one === query.get('kind'))
      const state = openStates.find((one) => one === query.get('state')) ?? 'open'
      const chosen: SupportChoice = { ...codesIn(query, supportFilters), ...(kind && { kind }), state }
      return { ...(await pageContext.ask(supportOverview, { ...chosen, after: afterIn(query) })), chosen }
    },
    records: (_view, { lines }) => lines.map(({ record }) => record),
    next: ({ next }) => next,
    page: offersPage,
  })
}

/** The button begins a draft that already leads to the offer or request. */
function mountOutcomes(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { take } = forSignedIn(web, pageContext)
  take('/offers/:id/outcome', async (asked, _form, { id = '' }) => {
    const of = await askAs(asked.who, read, { id })
    const { name: kind } = cooperationOutcome
    const values = of.kind === 'offer' ? { ofOffer: of.id } : { ofRequest: of.id }
    const draft = await askAs(asked.who, beginDraft, { kind, language: asked.language, values })
    return seeOther(viewFor(asked).href(draftPath(draft.id, stepsOf(kinds.get(kind)!)[0]!.name)))
  })
}
