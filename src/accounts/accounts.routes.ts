/** The forms of the account page, each in its file: they share how the page shows what is wrong. */
import type { Web } from '#kernel/http/server.ts'
import { accountForms, mountAccount } from './account.routes.ts'
import { mountFactors } from './factors.routes.ts'
import { mountPasskeys } from './passkeys.routes.ts'
import { mountProvider } from './oidc.routes.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'

export function mountAccounts(web: Web, pageContext: PageContext, { operations }: Mounted): void {
  const forms = accountForms(web, pageContext, operations)
  mountAccount(web, pageContext, forms, operations)
  mountPasskeys(web, pageContext, forms)
  mountFactors(web, pageContext, forms)
  mountProvider(web, pageContext, forms)
}
