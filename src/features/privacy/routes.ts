/** Taking along what the node knows of oneself, and erasing it: forms of the account page. */
import { setCookie } from '#kernel/http/cookies.ts'
import type { Web } from '#kernel/http/server.ts'
import { accountForms } from '#accounts/account.routes.ts'
import { isSignedIn, toSignIn } from '#accounts/signed-in.ts'
import type { Mounted } from '#ui/mounting.ts'
import { chosenIn } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { eraseAccount } from './erase.ts'
import { erasedPage } from './pages/erased.ts'
import { exportAccount } from './export.ts'

export function mountPrivacy(web: Web, pageContext: PageContext, { operations }: Mounted): void {
  const { askAs, view: viewFor, isSecure } = pageContext
  const { part, proven } = accountForms(web, pageContext, operations)

  web.route('GET', '/account/export.json', async (request) => {
    if (!isSignedIn(request)) return toSignIn(request)
    return {
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="qingdao-account.json"',
      },
      body: JSON.stringify(await askAs(request.who, exportAccount, {}), null, 2),
      keep: false,
    }
  })

  part('/account/erase', 'erase', ['erasePassword', 'keepName'], async (request, form) => {
    const keepName = chosenIn(form, 'keepName', ['true', 'false']) === 'true'
    return proven(request, ['erase', 'erasePassword'], eraseAccount, { form, keepName }, () => ({
      ...erasedPage({ ...viewFor(request), session: undefined }),
      cookies: [setCookie('session', '', 0, isSecure)],
    }))
  })
}
