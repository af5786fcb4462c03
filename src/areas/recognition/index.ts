import type { Feature } from '#kernel/feature.ts'
import { html } from '#kernel/html/html.ts'
import { mountRecognition } from './routes.ts'
import { ensureKey, readDidDocument, rotateKey } from './issuing/keys.ts'
import { issueCredential } from './issuing/issue.ts'
import { listIssued, readStatus, readStatusList, setStatus } from './issuing/status.ts'
import { issuingMigration } from './tables.ts'
import { verifyCredentialOperation, verifyPresentationOperation } from './verify-credentials.ts'

export { nameOf, reasonOf, verdictOf } from './pages/check-words.ts'
export type { Verification } from './verification/verification.ts'
export { verifyFile } from './verification/verify.ts'

export const recognition: Feature = {
  name: 'recognition',
  migrations: [issuingMigration],
  operations: [
    verifyCredentialOperation,
    verifyPresentationOperation,
    issueCredential,
    listIssued,
    readStatus,
    setStatus,
    readStatusList,
    readDidDocument,
    ensureKey,
    rotateKey,
  ],
  jobs: [
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
  routes: [mountRecognition],
  slots: {
    area: async ({ view: viewFor }, request, area) => {
      const view = viewFor(request)
      return (
        area === 'recognition' && html`<p><a href="${view.href('/verify')}">${view.t('verifyCredential.link')}</a></p>`
      )
    },
  },
}
