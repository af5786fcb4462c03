/** A second step of one’s own: a program that makes codes is connected, codes for paper are made. */
import type { Answer } from '#core/web/answer.ts'
import { connectPage, recoveryCodesPage, type AppSecret } from '#house/pages/factors.ts'
import { beginApp, confirmApp, removeApp, renewCodes, type FactorRefused } from '#house/people/factors.ts'
import type { AccountForms } from './account.ts'
import type { Web } from '#core/web/server.ts'
import { isSignedIn, toSignIn, type SignedIn } from './signed-in.ts'
import { post } from './posting.ts'
import type { Asking } from './records.ts'

type Codes = { codes: string[] }

export function mountFactors(web: Web, { askAs, view: viewFor }: Asking, { part, back, show }: AccountForms) {
  /** The account page, with what was wrong beside the form. */
  const refuse = (asked: SignedIn, { refused }: FactorRefused): Promise<Answer> => {
    const { t } = viewFor(asked)
    const words = refused === 'codeOver' ? 'factor.codeOver' : `factor.refused.${refused}`
    return show(asked, { refused: { part: 'factor', errors: new Map([['factorPassword', t(words)]]) } })
  }

  part('/account/second-step', 'factor', ['factorPassword'], async (asked, form) => {
    const proof = { password: (form.get('factorPassword') ?? '').slice(0, 800), session: asked.who.session.id }
    if (form.get('does') === 'disconnect') {
      const answer = await askAs<{ isDone: true } | FactorRefused>(asked.who, removeApp, proof)
      return 'refused' in answer ? refuse(asked, answer) : back(asked, 'factorRemoved')
    }
    if (form.get('does') === 'codes') {
      const answer = await askAs<Codes | FactorRefused>(asked.who, renewCodes, proof)
      return 'refused' in answer ? refuse(asked, answer) : recoveryCodesPage(viewFor(asked), answer.codes)
    }
    const answer = await askAs<AppSecret | FactorRefused>(asked.who, beginApp, proof)
    return 'refused' in answer ? refuse(asked, answer) : connectPage(viewFor(asked), answer)
  })

  post(web, '/account/second-step/code', async (asked, form) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const answer = await askAs<Codes | FactorRefused>(asked.who, confirmApp, {
      code: (form.get('code') ?? '').slice(0, 50),
      session: asked.who.session.id,
    })
    if (!('refused' in answer)) return recoveryCodesPage(viewFor(asked), answer.codes)
    const shown = secretIn(form)
    return answer.refused === 'code' && shown ? connectPage(viewFor(asked), shown, true) : refuse(asked, answer)
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
