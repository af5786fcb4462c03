import type { Feature } from '#kernel/feature.ts'
import { html, nothing } from '#kernel/html/html.ts'
import { achievement } from './achievements/achievement.ts'
import { mountBatches } from './batches.routes.ts'
import { clearBatches } from './batches/batch.ts'
import { batchOperations } from './batches/index.ts'
import { resumeAllBatches } from './batches/resume.ts'
import { mountClaims } from './claims.routes.ts'
import { claimOperations } from './claims/claims.ts'
import { mountContributions } from './contributions.routes.ts'
import { contributionOperations, forgetContributor, listContributions } from './contributions/contributions.ts'
import { contributionCredentials } from './contributions/store.ts'
import { contributionMigration } from './contributions/tables.ts'
import { contributionsPart } from './pages/contributions.ts'
import { issuerOperations } from './issuers/issuers.ts'
import { issuers } from './issuers/store.ts'
import { mountIssuers } from './issuers.routes.ts'
import { mountIssuing } from './issuing.routes.ts'
import { qualificationFramework } from './decisions/qualification-framework.ts'
import { decisionValidity, qualityOf } from './decisions/quality.ts'
import { qualityDecision } from './decisions/quality-decision.ts'
import { listFrameworks, whereRecognised } from './decisions/recognised.ts'
import { recognitionDecision } from './decisions/recognition-decision.ts'
import { mountRecognised } from './decisions/routes.ts'
import { decisionSlots } from './decisions/slots.ts'
import { trustList } from './decisions/trust-list.ts'
import { agenciesPath } from './decisions/pages/quality.ts'
import { recognisedPath } from './decisions/pages/recognised.ts'
import { mountLearnerRecords } from './learner-records.routes.ts'
import { learnerRecordOperations, listMine } from './learner-records/operations.ts'
import { heldPart } from './pages/held.ts'
import { refreshCredential } from './refresh/current.ts'
import { mountOpenBadgesApi } from './open-badges-api.routes.ts'
import { mountRecognition } from './routes.ts'
import { ensureKey, readDidDocument, rotateKey } from './issuing/keys.ts'
import { issueBadge } from './issuing/issue-badge.ts'
import { issueCredential } from './issuing/issue.ts'
import { listIssued, readStatus, readStatusList, setStatus } from './issuing/status.ts'
import { mountEndorsements } from './endorsements.routes.ts'
import { endorsementOperations } from './endorsements/endorsements.ts'
import { endorsementMigration } from './endorsements/tables.ts'
import { endorsementSlot, issuerSlot } from './issuer-slot.ts'
import { sources } from './sources.ts'
import { credentialRegister } from './register/credential-register.ts'
import { credentialProof, enterCredentialEvents, mostInBatch } from './register/register.ts'
import { registerMigration } from './register/tables.ts'
import { awardMigration, issuingMigration, learnerMigration, replacementMigration } from './tables.ts'
import { verifyCredentialOperation, verifyPresentationOperation } from './verify-credentials.ts'

import { readSignedList } from './trust/publish-list.ts'
import { addOutside, refreshOutside, removeOutside } from './trust/outside-lists.ts'
import { listTrustLists } from './trust/overview.ts'
import { mountTrustLists } from './trust.routes.ts'
import { trustListsPath } from './pages/trust-lists.ts'
import { trustMigration } from './trust/tables.ts'
import { issuePath } from './pages/issue.ts'

export { nameOf, reasonOf, verdictOf } from './pages/check-words.ts'
export type { Verification } from './verification/verification.ts'
export { verifyFile } from './verification/verify.ts'
export { judgeList, recognisedByGiven, type GivenList } from './trust/judge-list.ts'
export { vouchedBy } from './decisions/vouching.ts'
export { claimLetter } from './claims/claim.ts'
export { listClaimLinks, startBatch, type Batch } from './batches/batch.ts'
export { checkTable } from './batches/check-table.ts'
export { resumeBatch } from './batches/resume.ts'

export const recognition: Feature = {
  name: 'recognition',
  kinds: [recognitionDecision, qualityDecision, qualificationFramework, trustList, credentialRegister, achievement],
  sources,
  migrations: [
    issuingMigration,
    registerMigration,
    trustMigration,
    awardMigration,
    contributionMigration,
    learnerMigration,
    replacementMigration,
    endorsementMigration,
  ],
  operations: [
    whereRecognised,
    listFrameworks,
    decisionValidity,
    qualityOf,
    verifyCredentialOperation,
    verifyPresentationOperation,
    issueCredential,
    issueBadge,
    listIssued,
    readStatus,
    setStatus,
    readStatusList,
    readDidDocument,
    ensureKey,
    rotateKey,
    ...issuerOperations,
    ...batchOperations,
    ...claimOperations,
    ...contributionOperations,
    ...learnerRecordOperations,
    refreshCredential,
    ...endorsementOperations,
    enterCredentialEvents,
    credentialProof,
    readSignedList,
    listTrustLists,
    addOutside,
    removeOutside,
    refreshOutside,
  ],
  jobs: [
    {
      name: 'signed-trust-lists',
      everyMs: 24 * 60 * 60_000,
      leaseMs: 60 * 60_000,
      apart: true,
      work:
        ({ perform }) =>
        () =>
          perform(refreshOutside, { kind: 'system', id: 'signed-trust-lists' }, {}),
    },
    {
      name: 'credential-register',
      everyMs: 60_000,
      leaseMs: 60_000,
      work:
        ({ perform }) =>
        async () => {
          const actor = { kind: 'system', id: 'credential-register' } as const
          // Each batch is a transaction of its own, so that others write between them.
          while ((await perform(enterCredentialEvents, actor, {})).entered === mostInBatch);
        },
    },
    {
      // The key is there before anybody asks for the document that lists it.
      name: 'issuing-key',
      everyMs: 60 * 60_000,
      leaseMs: 60_000,
      work:
        ({ perform }) =>
        () =>
          perform(ensureKey, { kind: 'system', id: 'issuing-key' }, {}),
    },
    {
      name: 'credential-batches',
      everyMs: 60_000,
      leaseMs: 60 * 60_000,
      work:
        ({ perform, database, environment }) =>
        async () => {
          await resumeAllBatches(perform, database.read, environment)
          await perform(clearBatches, { kind: 'system', id: 'credential-batches' }, {})
        },
    },
  ],
  personalData: {
    columns: [
      {
        table: 'issued_credential',
        column: 'issuedBy',
        erased: false,
        exported: false,
        because: 'It says who acted for the node when something was issued',
      },
      {
        table: 'credential_batch',
        column: 'createdBy',
        erased: false,
        exported: false,
        because: 'It says who acted for an issuer when something was issued',
      },
      {
        table: 'issuer',
        column: 'verifiedBy',
        erased: false,
        exported: false,
        because: 'It says who acted for the node when an issuer was verified',
      },
      { table: 'issuer_member', column: 'accountId', erased: true, exported: true },
      { table: 'contribution_credential', column: 'accountId', erased: true, exported: true },
      {
        table: 'issuer_member',
        column: 'addedBy',
        erased: false,
        exported: false,
        because: 'It says who acted for the node',
      },
    ],
    exportOf: async ({ db }, { id }) => ({
      issuesFor: (await issuers(db).organisationsOf(id)).map(({ organisationId, at }) => ({ organisationId, at })),
      credentialsOfContributions: (await contributionCredentials(db).of(id)).map(({ credentialId, recordId }) => ({
        credentialId,
        recordId,
      })),
    }),
    erase: async (context, { id }) => {
      await issuers(context.db).forgetPerson(id)
      await forgetContributor(context, id)
    },
  },
  tasks: [
    { area: 'recognition', path: '/verify', title: 'verifyCredential.title', lead: 'verifyCredential.lead' },
    { area: 'recognition', path: recognisedPath, title: 'recognised.title', lead: 'recognised.lead' },
    {
      area: 'recognition',
      path: `${recognisedPath}?held=experience`,
      title: 'recognised.priorLearning',
      lead: 'recognised.priorLearningLead',
    },
    { area: 'recognition', path: agenciesPath, title: 'quality.agencies', lead: 'quality.agenciesLead' },
    {
      area: 'recognition',
      path: '/search?kind=quality-decision',
      title: 'kind.quality-decision.many',
      lead: 'kind.quality-decision.about',
    },
    { area: 'recognition', path: trustListsPath, title: 'trustLists.title', lead: 'trustLists.lead' },
  ],
  hooks: {
    merged: ({ db }, { from, into }) => issuers(db).pass(from, into),
  },
  routes: [
    mountRecognised,
    mountRecognition,
    mountIssuers,
    mountBatches,
    mountClaims,
    mountContributions,
    mountLearnerRecords,
    mountEndorsements,
    mountOpenBadgesApi,
    mountIssuing,
    mountTrustLists,
  ],
  slots: {
    ...decisionSlots,
    record: async (pageContext, request, record) => {
      const decided = await decisionSlots.record?.(pageContext, request, record)
      return html`${decided} ${await issuerSlot(pageContext, request, record)} ${await endorsementSlot(pageContext, request, record)}`
    },
    account: async ({ askAs, view: viewFor }, request) => {
      const view = viewFor(request)
      const { credentials } = await askAs(request.who, listMine, {})
      const { contributions } = await askAs(request.who, listContributions, {})
      return html`${heldPart(view, credentials)} ${contributionsPart(view, contributions)}`
    },
    area: async ({ view: viewFor }, request, area) => {
      if (area !== 'recognition') return nothing
      const { href, t, session } = viewFor(request)
      const mayIssue = session?.roles.some((role) => role === 'curator' || role === 'operator')
      return mayIssue && html`<p><a href="${href(issuePath)}">${t('issueBadge.link')}</a></p>`
    },
  },
}
