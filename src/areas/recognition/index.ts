import type { Feature } from '#kernel/feature.ts'
import { html } from '#kernel/html/html.ts'
import { mountRecognition } from './routes.ts'
import { verifyCredentialOperation, verifyPresentationOperation } from './verify-credentials.ts'

export { nameOf, reasonOf, verdictOf } from './pages/check-words.ts'
export type { Verification } from './verification/verification.ts'
export { verifyFile } from './verification/verify.ts'

export const recognition: Feature = {
  name: 'recognition',
  operations: [verifyCredentialOperation, verifyPresentationOperation],
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
