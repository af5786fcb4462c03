import type { Feature } from '#kernel/feature.ts'
import { fundingDetails, payingFor } from './money/details.ts'
import { gatherChanged, gatherWritten, rebuildFlows } from './money/gather.ts'
import { moneyOverview } from './money/overview.ts'
import { moneyMigration } from './money/tables.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { recordPath } from '#ui/cards.ts'
import type { View } from '#ui/view.ts'
import { checkMigration } from './iati/checks.ts'
import { checkIatiActivities, forgetChanged, forgetWritten, iatiActivities, iatiOrganisations } from './iati/export.ts'
import { mountIati } from './iati/routes.ts'
import { fundingByCountry } from './by-country.ts'
import { call } from './call.ts'
import { callOverview, callState } from './calls.ts'
import { commitment } from './commitment.ts'
import { commitmentAssessment } from './commitment-assessment.ts'
import { commitmentReport } from './commitment-report.ts'
import { declarationEndorsement, declarationRecommendation } from './declaration.ts'
import { commitmentFollowUp, commitmentOverview } from './follow-up.ts'
import { funding } from './funding.ts'
import { endMember, listMembers, verifyMember } from './members.ts'
import { oerProgress } from './oer.ts'
import { policyOverview } from './policies.ts'
import { policy } from './policy.ts'
import { expectRightful } from './rights.ts'
import { mountAccountability } from './routes.ts'
import { slots } from './slots.ts'
import { sources } from './sources.ts'
import { members } from './store.ts'
import { memberMigration } from './tables.ts'

const hourMs = 60 * 60_000
const byCurators = 'It says who decided on the rights of somebody else'

/** A record by what leads to it. */
const leadTo = (view: View, { id, kind, body }: Pick<StoredRecord, 'id' | 'kind' | 'body'>) => ({
  id,
  kind,
  title: body.title,
  url: view.absolute(recordPath(id)),
})

export const accountability: Feature = {
  name: 'accountability',
  kinds: [
    funding,
    call,
    commitment,
    commitmentReport,
    commitmentAssessment,
    policy,
    declarationRecommendation,
    declarationEndorsement,
  ],
  sources,
  migrations: [memberMigration, moneyMigration, checkMigration],
  operations: [
    fundingByCountry,
    moneyOverview,
    fundingDetails,
    payingFor,
    rebuildFlows,
    iatiActivities,
    checkIatiActivities,
    iatiOrganisations,
    callOverview,
    callState,
    commitmentOverview,
    commitmentFollowUp,
    policyOverview,
    oerProgress,
    listMembers,
    verifyMember,
    endMember,
  ],
  routes: [mountAccountability, (web, pageContext, { environment }) => mountIati(web, pageContext, environment.now)],
  tasks: [
    { area: 'accountability', path: '/declaration', title: 'declaration.title', lead: 'declaration.lead' },
    { area: 'accountability', path: '/commitments', title: 'commitments.title', lead: 'commitments.lead' },
    { area: 'accountability', path: '/policies', title: 'policies.title', lead: 'policies.lead' },
    { area: 'accountability', path: '/funding', title: 'money.title', lead: 'money.lead' },
    { area: 'accountability', path: '/calls', title: 'calls.title', lead: 'calls.lead' },
  ],
  listings: {
    commitments: (db) => records(db).hasAny([commitment.name]),
    policies: (db) => records(db).hasAny([policy.name]),
    funding: (db) => records(db).hasAny([funding.name]),
    calls: (db) => records(db).hasAny([call.name]),
  },
  slots,
  hooks: {
    proposed: expectRightful,
    written: async (context, written) => {
      await gatherWritten(context, written)
      await forgetWritten(context, written)
    },
    changed: async (context, changed) => {
      await gatherChanged(context, changed)
      await forgetChanged(context, changed)
    },
    merged: ({ db }, { from, into }) => members(db).pass(from, into),
  },
  countryData: {
    commitments: async ({ ask }, view, country) =>
      (await ask(commitmentOverview, { country })).commitments.map(({ record, ...state }) => ({
        ...leadTo(view, record),
        ...state,
      })),
    policies: async ({ askOnce }, view, country) =>
      (await askOnce(policyOverview, { country })).policies.map(({ id, kind, body }) => ({
        ...leadTo(view, { id, kind, body }),
        instrument: body.instrument ?? null,
        adoptedOn: body.adoptedOn ?? null,
      })),
    openEducationalResources: ({ ask }, _view, country) => ask(oerProgress, { country }),
    calls: async ({ ask }, view, country) =>
      (await ask(callOverview, { country, state: 'open', limit: 100 })).calls.map(({ record, state, closesOn }) => ({
        ...leadTo(view, record),
        state,
        closesOn,
      })),
    funding: async ({ askOnce }, _view, country) => (await askOnce(fundingByCountry, {})).countries[country] ?? null,
  },
  jobs: [
    {
      name: 'funding-flows',
      everyMs: 24 * hourMs,
      leaseMs: hourMs,
      // A node of before these tables were has money in its records alone.
      work:
        ({ perform }) =>
        () =>
          perform(rebuildFlows, { kind: 'system', id: 'funding-flows' }, { onlyIfEmpty: true }),
    },
    {
      name: 'iati-checks',
      everyMs: hourMs,
      leaseMs: hourMs,
      work:
        ({ perform }) =>
        async () => {
          for (let after: number | null = 0; after !== null;)
            ({ next: after } = await perform(checkIatiActivities, { kind: 'system', id: 'iati-checks' }, { after }))
        },
    },
    {
      name: 'silence',
      everyMs: hourMs,
      inEachProcess: true,
      // The state of commitments and calls changes with the day, and nothing is written then: kept pages would show yesterday’s.
      work: ({ environment, changed }) => {
        const today = () => environment.now().toISOString().slice(0, 10)
        let day = today()
        return async () => {
          if (day !== today()) changed()
          day = today()
        }
      },
    },
  ],
  personalData: {
    columns: [
      { table: 'organisation_member', column: 'accountId', erased: true, exported: true },
      { table: 'organisation_member', column: 'givenBy', erased: false, exported: false, because: byCurators },
    ],
    exportOf: async ({ db }, { id }) => ({
      speaksFor: (await members(db).organisationsOf(id)).map(({ organisationId, at }) => ({
        organisation: organisationId,
        at,
      })),
    }),
    erase: ({ db }, { id }) => members(db).dropAllOf(id),
  },
}
