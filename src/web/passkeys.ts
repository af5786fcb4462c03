/** Passkeys: added, named and removed on the account page, and a door of their own. */
import type { Web } from '#core/web/server.ts'
import { signInPage } from '#house/pages/sign-in.ts'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from '#house/people/passkeys.ts'
import { challengeSignIn, signInByPasskey } from '#house/people/passkey-sign-in.ts'
import type { AccountForms } from './account.ts'
import { isSignedIn, proofIn, toSignIn } from './signed-in.ts'
import { lettingIn, passkeyAnswer, scriptAnswer } from './let-in.ts'
import { post } from './posting.ts'
import type { Asking } from './records.ts'

export function mountPasskeys(web: Web, asking: Asking, { part, back, show }: AccountForms) {
  const { askAs, view: viewFor } = asking
  const { letIn } = lettingIn(asking)
  const idIn = (form: URLSearchParams) => (form.get('id') ?? '').slice(0, 1_400)

  post(web, '/account/passkeys/options', async (asked, form) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    return scriptAnswer(await askAs(asked.who, beginPasskey, proofIn(asked, form, 'passkeyPassword')))
  })

  part('/account/passkeys', 'passkey', ['passkeyName', 'passkeyPassword'], async (asked, form) => {
    const name = form.get('passkeyName') ?? ''
    const response = passkeyAnswer(form)
    const answer = await askAs(asked.who, addPasskey, { name, response })
    if (!('refused' in answer)) return back(asked, 'passkey')
    const errors = new Map([['passkeyName', viewFor(asked).t(`passkey.refused.${answer.refused}`)]])
    return show(asked, { refused: { part: 'passkey', errors } })
  })

  part('/account/passkeys/rename', 'passkey', ['passkeyName'], async (asked, form) => {
    await askAs(asked.who, renamePasskey, { id: idIn(form), name: form.get('passkeyName') ?? '' })
    return back(asked, 'passkeyNamed')
  })

  part('/account/passkeys/remove', 'passkey', ['id'], async (asked, form) => {
    await askAs(asked.who, removePasskey, { id: idIn(form) })
    return back(asked, 'passkeyRemoved')
  })

  post(web, '/sign-in/passkey/options', async (asked) =>
    scriptAnswer(await askAs(asked.who, challengeSignIn, { remote: asked.remote })),
  )

  post(web, '/sign-in/passkey', async (asked, form) => {
    const way = { next: form.get('next') ?? '', resume: form.get('resume') ?? '' }
    const answer = await askAs(asked.who, signInByPasskey, {
      response: passkeyAnswer(form),
      remote: asked.remote,
      agent: asked.userAgent,
    })
    if (!('refused' in answer)) return letIn(asked, answer, way)
    const refused = answer.refused === 'wrong' ? 'passkeyWrong' : answer.refused
    return signInPage(viewFor(asked), { ...way, refused })
  })
}
