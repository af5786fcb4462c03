/** The forms of the account page, each in its file: they share how the page shows what is wrong. */
import type { Web } from '#kernel/http/server.ts'
import { accountForms, mountAccount } from './account.routes.ts'
import { mountFactors } from './factors.routes.ts'
import { mountPasskeys } from './passkeys.routes.ts'
import { mountProvider } from './oidc.routes.ts'
import type { Asking } from '#ui/asking.ts'

export function mountAccounts(web: Web, asking: Asking): void {
  const forms = accountForms(web, asking)
  mountAccount(web, asking, forms)
  mountPasskeys(web, asking, forms)
  mountFactors(web, asking, forms)
  mountProvider(web, asking, forms)
}
