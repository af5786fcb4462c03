/** What stands on pages of others: on those of commitments and organisations, of countries and of areas. */
import { html, nothing } from '#kernel/html/html.ts'
import { isOf } from '#records/kind.ts'
import type { Fills } from '#ui/mounting.ts'
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
import { policyOverview } from './policies.ts'
import { membersPath } from './pages/members.ts'

const isCommitment = isOf(commitment)
const isCall = isOf(call)
const callsShown = 5

export const slots: Fills = {
  record: async ({ ask, askAs, askForPart, view: viewFor }, request, record) => {
    const view = viewFor(request)
    if (isCommitment(record))
      return followUpPart(view, record, await askAs(request.who, commitmentFollowUp, { id: record.id }))
    if (isCall(record)) return callPart(view, { record, ...(await ask(callState, { id: record.id })) })
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
      callsBeside(view, await ask(callOverview, { area, state: 'open', limit: callsShown }), `/calls?area=${area}`),
    ]
  },
  countryFunding: async ({ view, askOnce }, request, country) =>
    countryFunding(view(request), (await askOnce(fundingByCountry, {})).countries[country]),
}
