/** Signing up, in and out. */
import { taking } from '#kernel/http/asked-names.ts'
import { cookieIn, cookieName, setCookie } from '#kernel/http/cookies.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { followLink, readLink } from './follow-link.ts'
import { forgotPassword, signUp } from './email-link.ts'
import { signIn } from './password-login.ts'
import { confirmSignIn } from './second-step.ts'
import { readEndAtProvider } from './oidc-logout.ts'
import { signOut } from './sessions.ts'
import { errorsOf } from '#ui/forms.ts'
import { codePage, forgotPage, letterSentPage, linkPage, signInPage, signUpPage } from './pages/login.ts'
import { signedOutPage } from './pages/oidc.ts'
import { lettingIn } from './session-cookies.ts'
import { orWrong, post, safePath, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

export function mountSignIn(web: Web, pageContext: PageContext) {
  mountPassword(web, pageContext)
  mountSecondStep(web, pageContext)
  mountSignUp(web, pageContext)
  mountForgotten(web, pageContext)
  mountLink(web, pageContext)
  mountSignOut(web, pageContext)
}

const nextOf = (request: HttpRequest) => request.query.get('next') ?? ''

const onward = (pageContext: PageContext, request: HttpRequest) =>
  nextOf(request) ? safePath(nextOf(request)) : lettingIn(pageContext).home(request)

const keptNext = (request: HttpRequest, form: URLSearchParams) => {
  const next = form.get('next') ?? ''
  return next ? safePath(next) : ''
}

const isIn = ({ who }: HttpRequest) => who.by === 'session'

function mountPassword(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, isSecure } = pageContext
  const { letIn } = lettingIn(pageContext)

  web.route(
    'GET',
    '/sign-in',
    async (request) =>
      isIn(request)
        ? seeOther(onward(pageContext, request))
        : signInPage(viewFor(request), { next: request.query.get('next') ?? '' }),
    { takes: taking('next') },
  )

  post(web, '/sign-in', async (request, form) => {
    const email = form.get('email') ?? ''
    const next = form.get('next') ?? ''
    const device = cookieIn(request.cookies, cookieName('device', isSecure))
    const answer = await askAs(request.who, signIn, {
      email: email.slice(0, 254),
      password: (form.get('password') ?? '').slice(0, 800),
      remote: request.remote,
      agent: request.userAgent,
      ...(device && { device: device.slice(0, 100) }),
    })
    const resume = form.get('resume') ?? ''
    if ('refused' in answer) return signInPage(viewFor(request), { email, next, resume, refused: answer.refused })
    if ('step' in answer) return codePage(viewFor(request), { ...answer, next, resume })
    return letIn(request, answer, { next, resume })
  })
}

function mountSecondStep(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { letIn } = lettingIn(pageContext)

  post(web, '/sign-in/code', async (request, form) => {
    const [step = '', next = '', resume = ''] = ['step', 'next', 'resume'].map((name) => form.get(name) ?? '')
    const answer = await askAs(request.who, confirmSignIn, {
      step: step.slice(0, 100),
      code: (form.get('code') ?? '').slice(0, 50),
      agent: request.userAgent,
    })
    if (!('refused' in answer)) return letIn(request, answer, { next, resume })
    return answer.refused === 'code'
      ? codePage(viewFor(request), { step, by: answer.by, next, resume, isWrong: true })
      : signInPage(viewFor(request), { next, resume, refused: answer.refused })
  })

  // Beginning anew keeps the way back, and what was typed when the session had ended.
  post(web, '/sign-in/again', async (request, form) =>
    signInPage(viewFor(request), { next: form.get('next') ?? '', resume: form.get('resume') ?? '' }),
  )
  web.route('GET', '/sign-in/code', async (request) => seeOther(viewFor(request).href('/sign-in')))
}

function mountSignUp(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  web.route(
    'GET',
    '/sign-up',
    async (request) =>
      isIn(request) ? seeOther(onward(pageContext, request)) : signUpPage(viewFor(request), { next: nextOf(request) }),
    { takes: taking('next') },
  )

  post(web, '/sign-up', async (request, form) => {
    const next = keptNext(request, form)
    const values = { name: form.get('name') ?? '', email: (form.get('email') ?? '').trim() }
    return orWrong(
      async () => {
        await askAs(request.who, signUp, { ...values, language: request.language, remote: request.remote, next })
        return letterSentPage(viewFor(request), values.email)
      },
      (violations) =>
        signUpPage(viewFor(request), { ...values, next }, errorsOf(viewFor(request), violations, ['name', 'email'])),
    )
  })
}

function mountForgotten(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  web.route('GET', '/forgot-password', async (request) => forgotPage(viewFor(request), { next: nextOf(request) }), {
    takes: taking('next'),
  })

  post(web, '/forgot-password', async (request, form) => {
    const next = keptNext(request, form)
    const email = (form.get('email') ?? '').trim()
    return orWrong(
      async () => {
        await askAs(request.who, forgotPassword, { email, remote: request.remote, next })
        return letterSentPage(viewFor(request), email)
      },
      (violations) => forgotPage(viewFor(request), { email, next }, errorsOf(viewFor(request), violations, ['email'])),
    )
  })
}

function mountLink(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { letIn } = lettingIn(pageContext)
  const linkOf = (request: HttpRequest, token: string) => askAs(request.who, readLink, { token: token.slice(0, 100) })

  web.route('GET', '/account/link/:token', async (request, { token = '' }) => {
    const answer = linkPage(viewFor(request), token, await linkOf(request, token))
    // The address is a secret: no page that is gone to from here learns it.
    return { ...answer, headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } }
  })

  post(web, '/account/link/:token', async (request, form, { token = '' }) => {
    const link = await linkOf(request, token)
    const isFirst = link.purpose === 'operator'
    const values = isFirst ? { name: form.get('name') ?? '', email: (form.get('email') ?? '').trim() } : {}
    return orWrong(
      async () => {
        const password = (form.get('password') ?? '').slice(0, 800)
        const code = (form.get('code') ?? '').slice(0, 50)
        const given = { token, password, code, ...values, language: request.language, agent: request.userAgent }
        const answer = await askAs(request.who, followLink, given)
        if (!('refused' in answer)) return letIn(request, answer, { next: answer.next })
        const view = viewFor(request)
        return answer.refused === 'operator'
          ? linkPage(view, token, link)
          : linkPage(view, token, link, {}, new Map([['code', view.t(`link.refused.${answer.refused}`)]]))
      },
      (violations) => {
        const fields = isFirst ? ['name', 'email', 'password'] : ['password']
        return linkPage(viewFor(request), token, link, values, errorsOf(viewFor(request), violations, fields))
      },
    )
  })
}

function mountSignOut(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, isSecure } = pageContext
  web.route('GET', '/sign-out', async (request) => seeOther(viewFor(request).href('/')))
  post(web, '/sign-out', async (request) => {
    const cookies = [setCookie('session', '', 0, isSecure)]
    const view = viewFor(request)
    const toHome = seeOther(view.href('/'), cookies)
    if (request.who.by !== 'session') return toHome
    const { cameBy } = await askAs(request.who, signOut, { session: request.who.session.id })
    const { provider } = view.site
    if (cameBy !== 'provider' || provider === undefined) return toHome
    // Whether the provider answers or not: who is here has signed out.
    const { address } = await askAs(request.who, readEndAtProvider, {}).catch(() => ({
      address: null,
    }))
    return address ? { ...signedOutPage({ ...view, session: undefined }, address, provider), cookies } : toHome
  })
}
