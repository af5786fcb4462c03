/** Signing in at a provider elsewhere, and joining it to an account that is here. */
import { noSuch } from '#kernel/problem.ts'
import type { Language } from '#kernel/i18n/languages.ts'
import { cookieIn, cookieName, setCookie } from '#kernel/http/cookies.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { goingPage, joinPage, valueOfIdentity } from './pages/oidc.ts'
import { codePage, signInPage } from './pages/login.ts'
import { joinIdentity, listIdentities, removeIdentity } from './identities.ts'
import { beginAtProvider, callbackPath, openAtProvider } from './oidc-login.ts'
import { endByProvider, endedPath } from './oidc-logout.ts'
import type { Waiting } from './second-step.ts'
import type { Opened } from './sessions.ts'
import type { AccountForms } from './account.routes.ts'
import { isSignedIn, proofIn, toSignIn } from './signed-in.ts'
import { lettingIn } from './session-cookies.ts'
import { chosenIn, post, safePath, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

const cookieSeconds = 15 * 60
type Outcome = { language: Language | null } & (
  | { opened: Opened | Waiting; next: string }
  | { toJoin: true }
  | { refused: 'provider' | 'unverified' | 'closed' | 'tooManyCodes' }
)

export function mountProvider(web: Web, pageContext: PageContext, { part, back, proven }: AccountForms) {
  const { askAs, view: viewFor, isSecure } = pageContext
  const { letIn, home } = lettingIn(pageContext)
  const secretOf = (request: HttpRequest) =>
    (cookieIn(request.cookies, cookieName('provider', isSecure)) ?? '').slice(0, 100)
  const forget = setCookie('provider', '', 0, isSecure)
  const nameOf = (request: HttpRequest) => {
    const { provider } = viewFor(request).site
    if (provider === undefined) throw noSuch('provider', request.path)
    return provider
  }

  post(web, '/sign-in/provider', async (request, form) => {
    const name = nameOf(request)
    const next = form.get('next') ? safePath(form.get('next')) : home(request)
    const { address, browser } = await askAs(request.who, beginAtProvider, {
      next,
      language: request.language,
      remote: request.remote,
    })
    // Lax: it comes along when the provider sends people back.
    return {
      ...goingPage(viewFor(request), address, name),
      cookies: [setCookie('provider', browser, cookieSeconds, isSecure)],
    }
  })

  web.route(
    'GET',
    callbackPath,
    async (request) => {
      const name = nameOf(request)
      // The provider is told one address in no language, and no link of the page should lead to it again.
      const spoken = ({ language }: Outcome) =>
        viewFor({ ...request, address: '/sign-in', ...(language && { language, prefix: `/${language}` }) })
      const answer = await askAs(request.who, openAtProvider, {
        query: request.query.toString(),
        browser: secretOf(request),
        agent: request.userAgent,
      })
      if ('opened' in answer) {
        if ('step' in answer.opened)
          return { ...codePage(spoken(answer), { ...answer.opened, next: answer.next }), cookies: [forget] }
        const inside = letIn(request, answer.opened, { next: answer.next })
        return { ...inside, cookies: [...(inside.cookies ?? []), forget] }
      }
      const view = spoken(answer)
      // Somebody who is signed in there already continues at once; the provider checks the account.
      if ('toJoin' in answer)
        return request.who.by === 'session'
          ? seeOther(view.href('/account/join'))
          : signInPage(view, { next: view.href('/account/join'), note: view.t('provider.known', { name }) })
      if (answer.refused === 'tooManyCodes') return signInPage(view, { refused: answer.refused })
      return signInPage(view, { error: view.t(`provider.refused.${answer.refused}`) })
    },
    { takes: 'anything' },
  )

  // From the provider’s server: no session, no mark; its signature is what counts.
  web.route('POST', endedPath, async (request, _parameters, form) => {
    nameOf(request)
    const token = form instanceof URLSearchParams ? (form.get('logout_token') ?? '') : ''
    const { isTaken } = await askAs(request.who, endByProvider, { token: token.slice(0, 8_000) })
    return {
      status: isTaken ? 200 : 400,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: isTaken ? '{}' : '{"error":"invalid_request"}',
      keep: false,
    }
  })

  web.route('GET', '/account/join', async (request) =>
    isSignedIn(request) ? joinPage(viewFor(request), nameOf(request)) : toSignIn(request),
  )

  post(web, '/account/join', async (request, form) => {
    if (!isSignedIn(request)) return toSignIn(request)
    const answered = await askAs(request.who, joinIdentity, {
      browser: secretOf(request),
      ...proofIn(request, form, 'joinPassword'),
    })
    if ('refused' in answered) {
      const view = viewFor(request)
      return joinPage(view, nameOf(request), new Map([['joinPassword', view.t(`account.proof.${answered.refused}`)]]))
    }
    const answer = back(request, answered.isJoined ? 'identity' : 'identityNot')
    return { ...answer, cookies: [forget] }
  })

  part('/account/identities/remove', 'identities', ['removedIdentity'], async (request, form) => {
    const { identities } = await askAs(request.who, listIdentities, {})
    const chosen = chosenIn(form, 'removedIdentity', identities.map(valueOfIdentity))
    const { issuer, subject } = identities.find((one) => valueOfIdentity(one) === chosen)!
    return proven(request, ['identities', 'identityPassword'], removeIdentity, { form, issuer, subject }, () =>
      back(request, 'identityRemoved'),
    )
  })
}
