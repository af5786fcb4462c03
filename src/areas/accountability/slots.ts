/** What stands on pages of others: on those of commitments and organisations, of countries and of areas. */
import { html, nothing } from '#kernel/html/html.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { StoredRecord } from '#records/record.ts'
import { isOf } from '#records/kind.ts'
import type { Fills } from '#ui/mounting.ts'
import { funding } from './funding.ts'
import { fundingDetails, payingFor } from './money/details.ts'
import { fundingPart, whoPaid } from './pages/funding-details.ts'
import { fundingByCountry } from './by-country.ts'
import { call } from './call.ts'
import { callOverview, callState } from './calls.ts'
import { commitment } from './commitment.ts'
import { commitmentFollowUp, commitmentOverview } from './follow-up.ts'
import { listMembers } from './members.ts'
import { callPart, callsBeside } from './pages/calls.ts'
import { commitmentsBeside } from './pages/commitment-list.ts'
import { countryFunding } from './pages/country-funding.ts'
import { followUpPart } from './pages/follow-up.ts'
import { policiesBeside } from './pages/policies.ts'
import { oerProgress } from './oer.ts'
import { oerBeside } from './pages/oer.ts'
import { policyOverview } from './policies.ts'
import { membersPath } from './pages/members.ts'

const isCommitment = isOf(commitment)
const isFunding = isOf(funding)
const isCall = isOf(call)
const callsShown = 5

async function moneyBeside({ ask, view: viewFor }: PageContext, request: HttpRequest, { id, kind }: StoredRecord) {
  if (kind !== 'practice' && kind !== commitment.name) return nothing
  const { fundings, names } = await ask(payingFor, { id })
  return whoPaid(viewFor(request), fundings, names)
}

export const slots: Fills = {
  record: async (pageContext, request, record) => {
    const { ask, askAs, askForPart, view: viewFor } = pageContext
    const view = viewFor(request)
    if (isFunding(record)) {
      const { names } = await ask(fundingDetails, { id: record.id })
      return fundingPart(view, record.body, names)
    }
    const paid = await moneyBeside(pageContext, request, record)
    if (isCommitment(record)) {
      const said = await askAs(request.who, commitmentFollowUp, { id: record.id })
      return html`${followUpPart(view, record, said)} ${paid}`
    }
    if (isCall(record)) return callPart(view, { record, ...(await ask(callState, { id: record.id })) })
    if (record.kind === 'practice') return paid
    if (record.kind !== 'organisation' || !view.session) return nothing
    const found = await askForPart(request.who, listMembers, { id: record.id })
    return (
      found &&
      html`<p class="not-printed">
        <a href="${view.href(membersPath(record.id))}">${view.t('members.link', { count: found.members.length })}</a>
      </p>`
    )
  },
  country: async ({ ask, askOnce, view: viewFor }, request, country) => {
    const view = viewFor(request)
    const { commitments } = await ask(commitmentOverview, { country })
    const { policies } = await askOnce(policyOverview, { country })
    return [
      commitmentsBeside(view, commitments, `/commitments?country=${country}`),
      policiesBeside(view, policies, `/policies?country=${country}`),
      oerBeside(view, await ask(oerProgress, { country })),
      callsBeside(
        view,
        await ask(callOverview, { country, state: 'open', limit: callsShown }),
        `/calls?country=${country}`,
      ),
    ]
  },
  area: async ({ ask, view: viewFor }, request, area) => {
    const view = viewFor(request)
    const { commitments } = await ask(commitmentOverview, { area })
    return [
      html`<p><a href="${view.href(`/declaration#area-${area}`)}">${view.t('declaration.asksHere')}</a></p>`,
      commitmentsBeside(view, commitments, `/commitments?area=${area}`),
      html`<p><a href="${view.href(area === 'accountability' ? '/funding' : `/funding?area=${area}`)}">${view.t('money.onPage')}</a></p>`,
      callsBeside(view, await ask(callOverview, { area, state: 'open', limit: callsShown }), `/calls?area=${area}`),
    ]
  },
  countryFunding: async ({ view, askOnce }, request, country) =>
    countryFunding(view(request), country, (await askOnce(fundingByCountry, {})).countries[country]),
}
