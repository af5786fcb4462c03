/** Signing in at a provider elsewhere, and joining it to an account that is here. */
import { Problem } from '#core/problem.ts'
import type { Language } from '#core/languages/languages.ts'
import { cookieIn, cookieName, setCookie } from '#core/web/cookies.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { goingPage, joinPage } from '#house/pages/provider.ts'
import { codePage, signInPage } from '#house/pages/sign-in.ts'
import { joinIdentity, removeIdentity } from '#house/people/identities.ts'
import { beginAtProvider, callbackPath, openAtProvider } from '#house/people/provider-sign-in.ts'
import { endByProvider, endedPath } from '#house/people/provider-ended.ts'
import type { Waiting } from '#house/people/second-step.ts'
import type { Opened } from '#house/people/sessions.ts'
import type { AccountForms } from './account.ts'
import { isSignedIn, proofIn, toSignIn } from './signed-in.ts'
import { lettingIn } from './let-in.ts'
import { post, safePath, seeOther } from './posting.ts'
import type { Asking } from './records.ts'

const cookieSeconds = 15 * 60
type Outcome = { language: Language | null } & (
  | { opened: Opened | Waiting; next: string }
  | { toJoin: true }
  | { refused: 'provider' | 'unverified' | 'closed' | 'tooManyCodes' }
)

export function mountProvider(web: Web, asking: Asking, { part, back }: AccountForms) {
  const { askAs, view: viewFor, isSecure } = asking
  const { letIn, home } = lettingIn(asking)
  const secretOf = (asked: Asked) => (cookieIn(asked.cookies, cookieName('provider', isSecure)) ?? '').slice(0, 100)
  const forget = setCookie('provider', '', 0, isSecure)
  const nameOf = (asked: Asked) => {
    const { provider } = viewFor(asked).site
    if (provider === undefined) throw new Problem('notFound', { what: asked.path.slice(0, 200) })
    return provider
  }

  post(web, '/sign-in/provider', async (asked, form) => {
    const name = nameOf(asked)
    const next = form.get('next') ? safePath(form.get('next'), asked.base) : home(asked)
    const { address, browser } = await askAs(asked.who, beginAtProvider, {
      next,
      language: asked.language,
      remote: asked.remote,
    })
    // Lax: it comes along when the provider sends people back.
    return {
      ...goingPage(viewFor(asked), address, name),
      cookies: [setCookie('provider', browser, cookieSeconds, isSecure)],
    }
  })

  web.route('GET', callbackPath, async (asked) => {
    const name = nameOf(asked)
    // The provider is told one address in no language, and no link of the page should lead to it again.
    const spoken = ({ language }: Outcome) =>
      viewFor({ ...asked, address: '/sign-in', ...(language && { language, prefix: `/${language}` }) })
    const answer = await askAs(asked.who, openAtProvider, {
      query: asked.query.toString(),
      browser: secretOf(asked),
      agent: asked.userAgent,
    })
    if ('opened' in answer) {
      if ('step' in answer.opened)
        return { ...codePage(spoken(answer), { ...answer.opened, next: answer.next }), cookies: [forget] }
      const inside = letIn(asked, answer.opened, { next: answer.next })
      return { ...inside, cookies: [...(inside.cookies ?? []), forget] }
    }
    const view = spoken(answer)
    // Whoever is in already goes on at once; the account is checked there.
    if ('toJoin' in answer)
      return asked.who.by === 'session'
        ? seeOther(view.href('/account/join'))
        : signInPage(view, { next: view.href('/account/join'), note: view.t('provider.known', { name }) })
    if (answer.refused === 'tooManyCodes') return signInPage(view, { refused: answer.refused })
    return signInPage(view, { error: view.t(`provider.refused.${answer.refused}`) })
  })

  // From the provider’s server: no session, no mark; its signature is what counts.
  web.route('POST', endedPath, async (asked, _parameters, form) => {
    nameOf(asked)
    const token = form instanceof URLSearchParams ? (form.get('logout_token') ?? '') : ''
    const { isTaken } = await askAs(asked.who, endByProvider, { token: token.slice(0, 8_000) })
    return {
      status: isTaken ? 200 : 400,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: isTaken ? '{}' : '{"error":"invalid_request"}',
      keep: false,
    }
  })

  web.route('GET', '/account/join', async (asked) =>
    isSignedIn(asked) ? joinPage(viewFor(asked), nameOf(asked)) : toSignIn(asked),
  )

  post(web, '/account/join', async (asked, form) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const answered = await askAs(asked.who, joinIdentity, {
      browser: secretOf(asked),
      ...proofIn(asked, form, 'joinPassword'),
    })
    if ('refused' in answered) {
      const view = viewFor(asked)
      return joinPage(view, nameOf(asked), new Map([['joinPassword', view.t(`account.proof.${answered.refused}`)]]))
    }
    const answer = back(asked, answered.isJoined ? 'identity' : 'identityNot')
    return { ...answer, cookies: [forget] }
  })

  part('/account/identities/remove', 'self', ['issuer'], async (asked, form) => {
    await askAs(asked.who, removeIdentity, {
      issuer: (form.get('issuer') ?? '').slice(0, 500),
      subject: (form.get('subject') ?? '').slice(0, 500),
    })
    return back(asked, 'identityRemoved')
  })
}
