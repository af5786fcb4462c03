import type { Feature } from '#kernel/feature.ts'
import { html, nothing } from '#kernel/html/html.ts'
import { mountIssuing } from './issuing.routes.ts'
import { qualificationFramework } from './decisions/qualification-framework.ts'
import { decisionValidity, qualityOf } from './decisions/quality.ts'
import { qualityDecision } from './decisions/quality-decision.ts'
import { listFrameworks, whereRecognised } from './decisions/recognised.ts'
import { recognitionDecision } from './decisions/recognition-decision.ts'
import { mountRecognised } from './decisions/routes.ts'
import { decisionSlots } from './decisions/slots.ts'
import { trustList } from './decisions/trust-list.ts'
import { recognisedPath } from './decisions/pages/recognised.ts'
import { mountRecognition } from './routes.ts'
import { ensureKey, readDidDocument, rotateKey } from './issuing/keys.ts'
import { issueBadge } from './issuing/issue-badge.ts'
import { issueCredential } from './issuing/issue.ts'
import { listIssued, readStatus, readStatusList, setStatus } from './issuing/status.ts'
import { sources } from './sources.ts'
import { credentialRegister } from './register/credential-register.ts'
import { credentialProof, enterCredentialEvents, mostInBatch } from './register/register.ts'
import { registerMigration } from './register/tables.ts'
import { issuingMigration } from './tables.ts'
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

export const recognition: Feature = {
  name: 'recognition',
  kinds: [recognitionDecision, qualityDecision, qualificationFramework, trustList, credentialRegister],
  sources,
  migrations: [issuingMigration, registerMigration, trustMigration],
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
    ],
  },
  routes: [mountRecognised, mountRecognition, mountIssuing, mountTrustLists],
  slots: {
    ...decisionSlots,
    area: async ({ view: viewFor }, request, area) => {
      if (area !== 'recognition') return nothing
      const { href, t, session } = viewFor(request)
      const mayIssue = session?.roles.some((role) => role === 'curator' || role === 'operator')
      return html`<p><a href="${href('/verify')}">${t('verifyCredential.link')}</a></p>
        <p><a href="${href(recognisedPath)}">${t('recognised.title')}</a></p>
        <p><a href="${href(trustListsPath)}">${t('trustLists.title')}</a></p>
        ${mayIssue && html`<p><a href="${href(issuePath)}">${t('issueBadge.link')}</a></p>`}`
    },
  },
}
