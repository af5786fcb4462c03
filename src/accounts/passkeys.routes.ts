/** Passkeys: added, named and removed on the account page, and used to sign in. */
import type { Web } from '#kernel/http/server.ts'
import { signInPage } from './pages/login.ts'
import { addPasskey, beginPasskey, listPasskeys, removePasskey, renamePasskey } from './passkeys.ts'
import { challengeSignIn, signInByPasskey } from './passkey-login.ts'
import type { AccountForms } from './account.routes.ts'
import { isSignedIn, proofIn, toSignIn } from './signed-in.ts'
import { lettingIn, passkeyAnswer, scriptAnswer } from './session-cookies.ts'
import { chosenIn, post } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

export function mountPasskeys(web: Web, pageContext: PageContext, { part, back, show, proven }: AccountForms) {
  const { askAs, view: viewFor } = pageContext
  const { letIn } = lettingIn(pageContext)
  const idIn = (form: URLSearchParams) => (form.get('id') ?? '').slice(0, 1_400)

  post(web, '/account/passkeys/options', async (request, form) => {
    if (!isSignedIn(request)) return toSignIn(request)
    return scriptAnswer(await askAs(request.who, beginPasskey, proofIn(request, form, 'passkeyPassword')))
  })

  part('/account/passkeys', 'passkey', ['passkeyName', 'passkeyPassword'], async (request, form) => {
    const name = form.get('passkeyName') ?? ''
    const response = passkeyAnswer(form)
    const answer = await askAs(request.who, addPasskey, { name, response })
    if (!('refused' in answer)) return back(request, 'passkey')
    const errors = new Map([['passkeyName', viewFor(request).t(`passkey.refused.${answer.refused}`)]])
    return show(request, { refused: { part: 'passkey', errors, typed: form } })
  })

  part('/account/passkeys/rename', 'passkeyRename', ['newPasskeyName'], async (request, form) => {
    await askAs(request.who, renamePasskey, { id: idIn(form), name: form.get('newPasskeyName') ?? '' })
    return back(request, 'passkeyNamed')
  })

  part('/account/passkeys/remove', 'passkeyRemove', ['removedPasskey'], async (request, form) => {
    const { passkeys } = await askAs(request.who, listPasskeys, {})
    const id = chosenIn(
      form,
      'removedPasskey',
      passkeys.map((one) => one.id),
    )
    return proven(request, ['passkeyRemove', 'removePassword'], removePasskey, { form, id }, () =>
      back(request, 'passkeyRemoved'),
    )
  })

  post(web, '/sign-in/passkey/options', async (request) =>
    scriptAnswer(await askAs(request.who, challengeSignIn, { remote: request.remote })),
  )

  post(web, '/sign-in/passkey', async (request, form) => {
    const way = { next: form.get('next') ?? '', resume: form.get('resume') ?? '' }
    const answer = await askAs(request.who, signInByPasskey, {
      response: passkeyAnswer(form),
      remote: request.remote,
      agent: request.userAgent,
    })
    if (!('refused' in answer)) return letIn(request, answer, way)
    const refused = answer.refused === 'wrong' ? 'passkeyWrong' : answer.refused
    return signInPage(viewFor(request), { ...way, refused })
  })
}
