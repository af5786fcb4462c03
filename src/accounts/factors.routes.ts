/** Two-factor authentication: setting up an authenticator app, making recovery codes. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { connectPage, recoveryCodesPage, type AppSecret } from './pages/factors.ts'
import { beginApp, confirmApp, removeApp, renewCodes } from './factors.ts'
import type { AccountForms } from './account.routes.ts'
import { post, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { isSignedIn, toSignIn, type SignedIn } from './signed-in.ts'

type Codes = { codes: string[] }

export function mountFactors(
  web: Web,
  { askAs, view: viewFor }: PageContext,
  { part, back, show, proven }: AccountForms,
) {
  const over = (request: SignedIn): Promise<HttpResponse> =>
    show(request, {
      refused: { part: 'factor', errors: new Map([['factorPassword', viewFor(request).t('factor.codeOver')]]) },
    })
  const showCodes = (request: SignedIn) => (answer: Codes) => recoveryCodesPage(viewFor(request), answer.codes)

  part('/account/second-step', 'factor', ['factorPassword'], (request, form) => {
    const place = ['factor', 'factorPassword'] as const
    const does = form.get('does')
    if (does === 'disconnect') return proven(request, place, removeApp, { form }, () => back(request, 'factorRemoved'))
    if (does === 'codes') return proven(request, place, renewCodes, { form }, showCodes(request))
    return proven(request, place, beginApp, { form }, (answer) =>
      'refused' in answer ? back(request, 'factor') : connectPage(viewFor(request), answer),
    )
  })

  web.route('GET', '/account/second-step/code', async (request) => seeOther(viewFor(request).href('/account')))
  post(web, '/account/second-step/code', async (request, form) => {
    if (!isSignedIn(request)) return toSignIn(request)
    const answer = await askAs(request.who, confirmApp, {
      code: (form.get('code') ?? '').slice(0, 50),
      session: request.who.session.id,
    })
    if (!('refused' in answer)) return showCodes(request)(answer)
    const shown = secretIn(form)
    return answer.refused === 'code' && shown ? connectPage(viewFor(request), shown, true) : over(request)
  })
}

/** What the page before showed, as its own form brought it back. */
function secretIn(form: URLSearchParams): AppSecret | undefined {
  const [secret, address] = [form.get('secret') ?? '', form.get('address') ?? '']
  const isOurs =
    /^[A-Z2-7]{32}$/.test(secret) &&
    address.length < 1_500 &&
    address.startsWith('otpauth://totp/') &&
    address.includes(`secret=${secret}`)
  return isOurs ? { secret, address } : undefined
}
