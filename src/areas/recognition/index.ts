import type { Feature } from '#kernel/feature.ts'
import { html, nothing } from '#kernel/html/html.ts'
import { achievement } from './achievements/achievement.ts'
import { mountBatches } from './batches.routes.ts'
import { clearBatches } from './batches/batch.ts'
import { batchOperations } from './batches/index.ts'
import { resumeAllBatches } from './batches/resume.ts'
import { mountClaims } from './claims.routes.ts'
import { claimOperations } from './claims/claims.ts'
import { mountCompletion } from './completion.routes.ts'
import { forgetLearner, learningOf, listMyCompletions } from './completion/claiming.ts'
import { clearCompletions } from './completion/confirming.ts'
import { completionOperations } from './completion/index.ts'
import { offers } from './completion/store.ts'
import { completionMigration } from './completion/tables.ts'
import { mountContributions } from './contributions.routes.ts'
import { contributionOperations, forgetContributor, listContributions } from './contributions/contributions.ts'
import { contributionCredentials } from './contributions/store.ts'
import { contributionMigration } from './contributions/tables.ts'
import { completionSlot } from './completion-slot.ts'
import { myCompletionsPart } from './pages/completion.ts'
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
import { mountQualityLabels } from './quality-labels.routes.ts'
import { qualityLabelSlot } from './quality-label-slot.ts'
import { followDecision } from './quality-labels/follow-decision.ts'
import { qualityLabelOperations } from './quality-labels/labels.ts'
import { qualityLabels } from './quality-labels/store.ts'
import { qualityLabelMigration } from './quality-labels/tables.ts'
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
import { issuingMigrations } from './tables.ts'
import { verifyCredentialOperation, verifyPresentationOperation } from './verify-credentials.ts'

import { readSignedList } from './trust/publish-list.ts'
import { addOutside, refreshOutside, removeOutside } from './trust/outside-lists.ts'
import { listTrustLists } from './trust/overview.ts'
import { mountWallets } from './wallets.routes.ts'
import { walletOperations } from './wallets/index.ts'
import { walletMigration } from './wallets/tables.ts'
import type { Anchors } from '#codecs/x509/certificates.ts'
import { authoritiesIn } from './trust/authorities.ts'
import { mountTrustLists } from './trust.routes.ts'
import { trustListsPath } from './pages/trust-lists.ts'
import { trustMigration } from './trust/tables.ts'
import { issuePath } from './pages/issue.ts'

export { nameOf, reasonOf, toldStateOf, verdictOf } from './pages/check-words.ts'
export type { Verification } from './verification/verification.ts'
export { authoritiesIn, lookAtAuthorities } from './trust/authorities.ts'
export { verifyFile } from './verification/verify.ts'
export { judgeList, recognisedByGiven, type GivenList } from './trust/judge-list.ts'
export { vouchedBy } from './decisions/vouching.ts'
export { claimLetter } from './claims/claim.ts'
export { walletCodeLetter } from './wallets/offer.ts'
export { listClaimLinks, startBatch, type Batch } from './batches/batch.ts'
export { checkTable } from './batches/check-table.ts'
export { resumeBatch } from './batches/resume.ts'

declare module '#kernel/context.ts' {
  interface Services {
    /** Certificates of authorities that are trusted to say who sealed a credential: files of the operator. */
    certificateAuthorities: () => Promise<Anchors>
  }
}

export const recognition: Feature = {
  name: 'recognition',
  services: ({ dataDir }) => ({ certificateAuthorities: authoritiesIn(dataDir) }),
  kinds: [recognitionDecision, qualityDecision, qualificationFramework, trustList, credentialRegister, achievement],
  sources,
  migrations: [
    ...issuingMigrations,
    registerMigration,
    trustMigration,
    contributionMigration,
    endorsementMigration,
    completionMigration,
    qualityLabelMigration,
    walletMigration,
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
    ...completionOperations,
    ...qualityLabelOperations,
    ...walletOperations,
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
          await perform(clearCompletions, { kind: 'system', id: 'credential-batches' }, {})
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
      { table: 'learning_progress', column: 'accountId', erased: true, exported: true },
      { table: 'completion_claim', column: 'accountId', erased: true, exported: true },
      {
        table: 'completion_claim',
        column: 'decidedBy',
        erased: false,
        exported: false,
        because: 'It says who acted for an issuer when a learner was confirmed',
      },
      {
        table: 'completion_offer',
        column: 'setBy',
        erased: false,
        exported: false,
        because: 'It says who acted for an issuer',
      },
      {
        table: 'issuer_member',
        column: 'addedBy',
        erased: false,
        exported: false,
        because: 'It says who acted for the node',
      },
    ],
    exportOf: async ({ db }, { id }) => ({
      ...(await learningOf({ db }, id)),
      issuesFor: (await issuers(db).organisationsOf(id)).map(({ organisationId, at }) => ({ organisationId, at })),
      credentialsOfContributions: (await contributionCredentials(db).of(id)).map(({ credentialId, recordId }) => ({
        credentialId,
        recordId,
      })),
    }),
    erase: async (context, { id }) => {
      await issuers(context.db).forgetPerson(id)
      await forgetContributor(context, id)
      await forgetLearner(context, id)
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
    merged: async ({ db }, { from, into }) => {
      await issuers(db).pass(from, into)
      await offers(db).pass(from, into)
      await qualityLabels(db).pass(from, into)
    },
    changed: followDecision,
  },
  routes: [
    mountRecognised,
    mountRecognition,
    mountIssuers,
    mountBatches,
    mountClaims,
    mountContributions,
    mountCompletion,
    mountQualityLabels,
    mountLearnerRecords,
    mountWallets,
    mountEndorsements,
    mountOpenBadgesApi,
    mountIssuing,
    mountTrustLists,
  ],
  slots: {
    ...decisionSlots,
    record: async (pageContext, request, record) => {
      const decided = await decisionSlots.record?.(pageContext, request, record)
      return html`${decided} ${await issuerSlot(pageContext, request, record)} ${await endorsementSlot(pageContext, request, record)} ${await completionSlot(pageContext, request, record)} ${await qualityLabelSlot(pageContext, request, record)}`
    },
    account: async ({ askAs, view: viewFor }, request) => {
      const view = viewFor(request)
      const { credentials } = await askAs(request.who, listMine, {})
      const { contributions } = await askAs(request.who, listContributions, {})
      const { claims } = await askAs(request.who, listMyCompletions, {})
      return html`${heldPart(view, credentials)} ${myCompletionsPart(view, claims)} ${contributionsPart(view, contributions)}`
    },
    area: async ({ view: viewFor }, request, area) => {
      if (area !== 'recognition') return nothing
      const { href, t, session } = viewFor(request)
      const mayIssue = session?.roles.some((role) => role === 'curator' || role === 'operator')
      return mayIssue && html`<p><a href="${href(issuePath)}">${t('issueBadge.link')}</a></p>`
    },
  },
}
