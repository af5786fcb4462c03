/** The Declaration, commitments, and who may report on them. */
import { codesTaken } from '#ui/code-choices.ts'
import { oneOf } from '#kernel/http/asked-names.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { provingBy } from '#accounts/proving.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { beginDraft } from '#features/editorial/drafts/write.ts'
import { draftPath } from '#features/editorial/pages/draft.ts'
import { mountList } from '#features/export/list-page.ts'
import { stepsOf } from '#records/form/plan.ts'
import { openStates } from '#records/deadline.ts'
import { read } from '#records/operations.ts'
import { readMany } from '#records/read-many.ts'
import type { StoredRecord } from '#records/record.ts'
import { search } from '#search/search.ts'
import { afterIn, codesIn } from '#ui/code-choices.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { commitmentAssessment } from './commitment-assessment.ts'
import { commitmentReport } from './commitment-report.ts'
import { callOverview } from './calls.ts'
import { commitmentOverview } from './follow-up.ts'
import { endMember, listMembers, verifyMember } from './members.ts'
import { callFilters, callsPage, type CallChoice } from './pages/calls.ts'
import { commitmentFilters, commitmentsPage, type CommitmentChoice } from './pages/commitments.ts'
import { declarationPage } from './pages/declaration.ts'
import { policiesPage, policyFilters, type PolicyChoice } from './pages/policies.ts'
import { oerProgress } from './oer.ts'
import { policyOverview } from './policies.ts'
import { moneyOverview } from './money/overview.ts'
import { moneyChoiceIn, moneyTaken, moneyPage } from './pages/money.ts'
import { areaNames } from '#ui/layout.ts'
import { membersPage, membersPath } from './pages/members.ts'
import { silenceStates } from './silence.ts'

const mostEndorsements = 500

export function mountAccountability(web: Web, pageContext: PageContext): void {
  mountDeclaration(web, pageContext)
  mountCommitments(web, pageContext)
  mountPolicies(web, pageContext)
  mountMoney(web, pageContext)
  mountCalls(web, pageContext)
  mountStatements(web, pageContext)
  mountMembers(web, pageContext)
}

function mountDeclaration(web: Web, { askOnce, view }: PageContext) {
  const countsOf = async (area: string) => {
    const found = await askOnce(search, { area: [area], limit: 0, facets: ['kind'], facetLimit: 50 })
    return [area, new Map((found.facets.kind ?? []).map(({ value, count }) => [value, count]))] as const
  }
  const all = async (kind: string, limit: number) =>
    askOnce(search, { kind: [kind], sort: 'oldest', limit, facets: [] })
  web.route('GET', '/declaration', async (request) =>
    declarationPage(view(request), {
      recommendations: (await all('declaration-recommendation', 100)).records,
      counts: new Map(await Promise.all(areaNames.map(countsOf))),
      endorsements: (await all('declaration-endorsement', mostEndorsements)).records,
      indicators: (await all('indicator', 0)).total,
    }),
  )
}

function mountCommitments(web: Web, pageContext: PageContext) {
  mountList(web, pageContext, {
    path: '/commitments',
    title: ({ t }) => t('commitments.title'),
    takes: { ...codesTaken(commitmentFilters), state: oneOf(silenceStates) },
    read: async ({ query }) => {
      const chosen = chosenIn(query)
      return { ...(await pageContext.ask(commitmentOverview, chosen)), chosen }
    },
    records: (_view, { commitments }) => commitments.map(({ record }) => record),
    page: commitmentsPage,
  })
}

/** What is no code of its list is passed over, as an empty choice is. */
function chosenIn(query: URLSearchParams): CommitmentChoice {
  const state = silenceStates.find((one) => one === query.get('state'))
  return { ...codesIn(query, commitmentFilters), ...(state && { state }) }
}

function mountPolicies(web: Web, pageContext: PageContext) {
  const { ask, askOnce } = pageContext
  mountList(web, pageContext, {
    path: '/policies',
    title: ({ t }) => t('policies.title'),
    takes: codesTaken(policyFilters),
    read: async ({ query }) => {
      const chosen: PolicyChoice = codesIn(query, policyFilters)
      const { country } = chosen
      const { policies, countries } = await askOnce(policyOverview, chosen)
      return {
        policies,
        countries,
        oer: country === undefined ? undefined : await ask(oerProgress, { country }),
        chosen,
      }
    },
    records: (_view, { policies }) => policies as readonly StoredRecord[],
    page: policiesPage,
  })
}

function mountMoney(web: Web, pageContext: PageContext) {
  const { askOnce } = pageContext
  mountList(web, pageContext, {
    path: '/funding',
    title: ({ t }) => t('money.title'),
    takes: moneyTaken,
    read: async ({ query }) => {
      const asked = moneyChoiceIn(query)
      return { ...(await askOnce(moneyOverview, asked)), asked }
    },
    records: async (_view, { activities }) =>
      (await askOnce(readMany, { ids: activities.map(({ id }) => id) })).records as StoredRecord[],
    page: moneyPage,
  })
}

/** Those that are open, unless others are asked for. */
function mountCalls(web: Web, pageContext: PageContext) {
  mountList(web, pageContext, {
    path: '/calls',
    title: ({ t }) => t('calls.title'),
    takes: { ...codesTaken(callFilters), state: oneOf(openStates) },
    read: async ({ query }) => {
      const state = openStates.find((one) => one === query.get('state')) ?? 'open'
      const chosen: CallChoice = { ...codesIn(query, callFilters), state }
      return { ...(await pageContext.ask(callOverview, { ...chosen, after: afterIn(query) })), chosen }
    },
    records: (_view, { calls }) => calls.map(({ record }) => record),
    next: ({ next }) => next,
    page: callsPage,
  })
}

/** Each button begins a draft that already leads to the commitment. */
function mountStatements(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { take } = forSignedIn(web, pageContext)
  for (const [word, { name: kind }, field] of [
    ['report', commitmentReport, 'reportsOn'],
    ['assess', commitmentAssessment, 'assesses'],
  ] as const)
    take(`/commitments/:id/${word}`, async (request, _form, { id = '' }) => {
      const { id: of } = await askAs(request.who, read, { id })
      const draft = await askAs(request.who, beginDraft, { kind, language: request.language, values: { [field]: of } })
      return seeOther(viewFor(request).href(draftPath(draft.id, stepsOf(kinds.get(kind)!)[0]!.name)))
    })
}

function mountMembers(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const prove = provingBy(pageContext)
  const { page, take } = forSignedIn(web, pageContext)
  async function show(request: HttpRequest, id: string, typed = '', errors: Errors = new Map()): Promise<HttpResponse> {
    const { members } = await askAs(request.who, listMembers, { id })
    const organisation = await askAs(request.who, read, { id })
    return membersPage(viewFor(request), { organisation, members, typed, errors })
  }
  page(membersPath(':id'), async (request, { id = '' }) => show(request, id))
  take(membersPath(':id'), async (request, form, { id = '' }) => {
    const email = (form.get('email') ?? '').trim()
    return orWrong(
      async () => {
        await prove(request, form, 'appointPassword')
        await askAs(request.who, verifyMember, { id, email })
        return seeOther(viewFor(request).href(membersPath(id)))
      },
      (violations) => show(request, id, email, errorsOf(viewFor(request), violations, ['email', 'appointPassword'])),
    )
  })
  take(`${membersPath(':id')}/end`, async (request, form, { id = '' }) => {
    await askAs(request.who, endMember, { id, account: form.get('account') ?? '' })
    return seeOther(viewFor(request).href(membersPath(id)))
  })
}
