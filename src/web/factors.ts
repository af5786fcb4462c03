/** A second step of one’s own: a program that makes codes is connected, codes for paper are made. */
import type { Answer } from '#core/web/answer.ts'
import type { Web } from '#core/web/server.ts'
import { connectPage, recoveryCodesPage, type AppSecret } from '#house/pages/factors.ts'
import { beginApp, confirmApp, removeApp, renewCodes } from '#house/people/factors.ts'
import type { AccountForms } from './account.ts'
import { post, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { isSignedIn, toSignIn, type SignedIn } from './signed-in.ts'

type Codes = { codes: string[] }

export function mountFactors(web: Web, { askAs, view: viewFor }: Asking, { part, back, show, proven }: AccountForms) {
  const over = (asked: SignedIn): Promise<Answer> =>
    show(asked, {
      refused: { part: 'factor', errors: new Map([['factorPassword', viewFor(asked).t('factor.codeOver')]]) },
    })
  const showCodes = (asked: SignedIn) => (answer: Codes) => recoveryCodesPage(viewFor(asked), answer.codes)

  part('/account/second-step', 'factor', ['factorPassword'], (asked, form) => {
    const place = ['factor', 'factorPassword'] as const
    const does = form.get('does')
    if (does === 'disconnect') return proven(asked, place, removeApp, { form }, () => back(asked, 'factorRemoved'))
    if (does === 'codes') return proven(asked, place, renewCodes, { form }, showCodes(asked))
    return proven(asked, place, beginApp, { form }, (answer) =>
      'refused' in answer ? back(asked, 'factor') : connectPage(viewFor(asked), answer),
    )
  })

  web.route('GET', '/account/second-step/code', async (asked) => seeOther(viewFor(asked).href('/account')))
  post(web, '/account/second-step/code', async (asked, form) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const answer = await askAs(asked.who, confirmApp, {
      code: (form.get('code') ?? '').slice(0, 50),
      session: asked.who.session.id,
    })
    if (!('refused' in answer)) return showCodes(asked)(answer)
    const shown = secretIn(form)
    return answer.refused === 'code' && shown ? connectPage(viewFor(asked), shown, true) : over(asked)
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
