/** The forms of the account page, each in its file: they share how the page shows what is wrong. */
import type { Web } from '#core/web/server.ts'
import { mountAccount } from './account.ts'
import { mountFactors } from './factors.ts'
import { mountPasskeys } from './passkeys.ts'
import { mountProvider } from './provider.ts'
import type { Asking } from './records.ts'

export function mountAccounts(web: Web, asking: Asking): void {
  const forms = mountAccount(web, asking)
  mountPasskeys(web, asking, forms)
  mountFactors(web, asking, forms)
  mountProvider(web, asking, forms)
}
