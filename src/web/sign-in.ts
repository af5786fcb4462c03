/** Signing up, in and out. */
import { cookieIn, cookieName, setCookie } from '#core/web/cookies.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { followLink, readLink } from '#house/people/follow-link.ts'
import { forgotPassword, signUp } from '#house/people/links.ts'
import { signIn } from '#house/people/password-sign-in.ts'
import { confirmSignIn } from '#house/people/second-step.ts'
import { readEndAtProvider } from '#house/people/provider-ended.ts'
import { signOut } from '#house/people/sessions.ts'
import { errorsOf } from '#house/pages/forms.ts'
import { codePage, forgotPage, letterSentPage, linkPage, signInPage, signUpPage } from '#house/pages/sign-in.ts'
import { signedOutPage } from '#house/pages/provider.ts'
import { lettingIn } from './let-in.ts'
import { orWrong, post, seeOther } from './posting.ts'
import type { Asking } from './records.ts'

export function mountSignIn(web: Web, asking: Asking) {
  const { askAs, view: viewFor, isSecure } = asking
  const { letIn, home } = lettingIn(asking)
  const isIn = ({ who }: Asked) => who.by === 'session'

  web.route('GET', '/sign-in', async (asked) =>
    isIn(asked) ? seeOther(home(asked)) : signInPage(viewFor(asked), { next: asked.query.get('next') ?? '' }),
  )
  web.route('GET', '/sign-up', async (asked) => (isIn(asked) ? seeOther(home(asked)) : signUpPage(viewFor(asked))))
  web.route('GET', '/forgot-password', async (asked) => forgotPage(viewFor(asked)))

  post(web, '/sign-in', async (asked, form) => {
    const email = form.get('email') ?? ''
    const next = form.get('next') ?? ''
    const device = cookieIn(asked.cookies, cookieName('device', isSecure))
    const answer = await askAs(asked.who, signIn, {
      email: email.slice(0, 254),
      password: (form.get('password') ?? '').slice(0, 800),
      remote: asked.remote,
      agent: asked.userAgent,
      ...(device && { device: device.slice(0, 100) }),
    })
    const resume = form.get('resume') ?? ''
    if ('refused' in answer) return signInPage(viewFor(asked), { email, next, resume, refused: answer.refused })
    if ('step' in answer) return codePage(viewFor(asked), { ...answer, next, resume })
    return letIn(asked, answer, { next, resume })
  })

  post(web, '/sign-in/code', async (asked, form) => {
    const [step = '', next = '', resume = ''] = ['step', 'next', 'resume'].map((name) => form.get(name) ?? '')
    const answer = await askAs(asked.who, confirmSignIn, {
      step: step.slice(0, 100),
      code: (form.get('code') ?? '').slice(0, 50),
      agent: asked.userAgent,
    })
    if (!('refused' in answer)) return letIn(asked, answer, { next, resume })
    return answer.refused === 'code'
      ? codePage(viewFor(asked), { step, by: answer.by, next, resume, isWrong: true })
      : signInPage(viewFor(asked), { next, resume, refused: answer.refused })
  })

  // Beginning anew keeps the way back, and what was typed when the session had ended.
  post(web, '/sign-in/again', async (asked, form) =>
    signInPage(viewFor(asked), { next: form.get('next') ?? '', resume: form.get('resume') ?? '' }),
  )
  web.route('GET', '/sign-in/code', async (asked) => seeOther(viewFor(asked).href('/sign-in')))

  post(web, '/sign-up', async (asked, form) => {
    const values = { name: form.get('name') ?? '', email: (form.get('email') ?? '').trim() }
    return orWrong(
      async () => {
        await askAs(asked.who, signUp, { ...values, language: asked.language, remote: asked.remote })
        return letterSentPage(viewFor(asked), values.email)
      },
      (misfits) => signUpPage(viewFor(asked), values, errorsOf(viewFor(asked), misfits, ['name', 'email'])),
    )
  })

  post(web, '/forgot-password', async (asked, form) => {
    const email = (form.get('email') ?? '').trim()
    return orWrong(
      async () => {
        await askAs(asked.who, forgotPassword, { email, remote: asked.remote })
        return letterSentPage(viewFor(asked), email)
      },
      (misfits) => forgotPage(viewFor(asked), email, errorsOf(viewFor(asked), misfits, ['email'])),
    )
  })

  const linkOf = (asked: Asked, token: string) => askAs(asked.who, readLink, { token: token.slice(0, 100) })

  web.route('GET', '/account/link/:token', async (asked, { token = '' }) => {
    const answer = linkPage(viewFor(asked), token, await linkOf(asked, token))
    // The address is a secret: no page that is gone to from here learns it.
    return { ...answer, headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } }
  })

  post(web, '/account/link/:token', async (asked, form, { token = '' }) => {
    const link = await linkOf(asked, token)
    const isFirst = link.purpose === 'operator'
    const values = isFirst ? { name: form.get('name') ?? '', email: (form.get('email') ?? '').trim() } : {}
    return orWrong(
      async () => {
        const password = (form.get('password') ?? '').slice(0, 800)
        const code = (form.get('code') ?? '').slice(0, 50)
        const given = { token, password, code, ...values, language: asked.language, agent: asked.userAgent }
        const answer = await askAs(asked.who, followLink, given)
        if (!('refused' in answer)) return letIn(asked, answer)
        const view = viewFor(asked)
        return answer.refused === 'operator'
          ? linkPage(view, token, link)
          : linkPage(view, token, link, {}, new Map([['code', view.t(`link.refused.${answer.refused}`)]]))
      },
      (misfits) => {
        const fields = isFirst ? ['name', 'email', 'password'] : ['password']
        return linkPage(viewFor(asked), token, link, values, errorsOf(viewFor(asked), misfits, fields))
      },
    )
  })

  web.route('GET', '/sign-out', async (asked) => seeOther(viewFor(asked).href('/')))
  post(web, '/sign-out', async (asked) => {
    const cookies = [setCookie('session', '', 0, isSecure)]
    const view = viewFor(asked)
    const toHome = seeOther(view.href('/'), cookies)
    if (asked.who.by !== 'session') return toHome
    const { cameBy } = await askAs(asked.who, signOut, { session: asked.who.session.id })
    const { provider } = view.site
    if (cameBy !== 'provider' || provider === undefined) return toHome
    // Whether the provider answers or not: who is here has signed out.
    const { address } = await askAs(asked.who, readEndAtProvider, {}).catch(() => ({
      address: null,
    }))
    return address ? { ...signedOutPage({ ...view, session: undefined }, address, provider), cookies } : toHome
  })
}
