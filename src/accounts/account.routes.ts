/** One’s own account. */
import { taking } from '#kernel/http/asked-names.ts'
import type { Static, TSchema, TUnion } from 'typebox'
import type { AnyOperation, Given, Known } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { changePassword, changeSelf, readSelf } from './account.ts'
import { askEmailChange, confirmEmailChange, readEmailChange } from './email-change.ts'
import { readFactors } from './factors.ts'
import { endKey, isScope, keys as listKeys, makeKey, scopesOf } from './keys.ts'
import { listIdentities } from './identities.ts'
import { listPasskeys } from './passkeys.ts'
import { endOtherSessions, endSession } from './end-sessions.ts'
import type { Unproven } from './proof.ts'
import { sessions as listSessions } from './sessions.ts'
import { accountPage, confirmEmailPage, newKeyPage, type Refused } from './pages/account.ts'
import { errorsOf } from '#ui/forms.ts'
import { read } from '#records/operations.ts'
import { letterSentPage } from './pages/login.ts'
import { orWrong, post, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { isSignedIn, proofIn, toSignIn, type SignedIn } from './signed-in.ts'

const ofRecord = /\b([0-9a-hjkmnp-tv-z]{16})\b/g
const longestLine = 200

/** The records that somebody named, one or more on a line. @throws Problem invalid with each line that names none */
function recordsIn(text: string, place: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim())
  const wrong = lines.filter((line) => !line.match(ofRecord))
  if (wrong.length > 0)
    throw new Problem(
      'invalid',
      { count: wrong.length },
      {
        violations: wrong.map((line) => ({
          place,
          rule: 'recordLink',
          values: { text: line.trim().slice(0, longestLine) },
        })),
      },
    )
  return [...new Set(lines.flatMap((line) => line.match(ofRecord) ?? []))]
}

/** How forms of the account page are taken and answered; each file of forms, here and elsewhere, adds its own. */
export function accountForms(
  web: Web,
  { ask, askAs, view: viewFor, slot }: PageContext,
  operations: readonly AnyOperation[],
) {
  const scopes = scopesOf(operations)

  async function show(request: SignedIn, more: { refused?: Refused; saved?: string } = {}): Promise<HttpResponse> {
    const { who } = request
    const view = viewFor(request)
    const [self, { sessions }, { keys }, { passkeys }, { identities }, factors] = await Promise.all([
      askAs(who, readSelf, {}),
      askAs(who, listSessions, {}),
      askAs(who, listKeys, {}),
      askAs(who, listPasskeys, {}),
      askAs(who, listIdentities, {}),
      askAs(who, readFactors, {}),
    ])
    const organisations = new Map<string, string>()
    for (const id of self.affiliations) {
      const record = await ask(read, { id }).catch(() => undefined)
      if (record) organisations.set(id, bestText(record.body.title, view.language, record.body.originalLanguage).text)
    }
    return accountPage(
      view,
      {
        self,
        sessions,
        here: who.session.id,
        keys,
        passkeys,
        identities,
        factors,
        organisations,
        scopes,
        more: await slot('account', request, { refused: more.refused }),
      },
      more,
    )
  }

  /** A form of the account page: taken, it leads back to it; else the page shows what is wrong. */
  const part = (
    path: string,
    name: Refused['part'],
    fields: readonly string[],
    work: (request: SignedIn, form: URLSearchParams) => Promise<HttpResponse>,
  ) => {
    // What such a form answers has its address: going there again, in another language too, leads to the account.
    if (path !== '/account') web.route('GET', path, async (request) => seeOther(viewFor(request).href('/account')))
    post(web, path, async (request, form) => {
      if (!isSignedIn(request)) return toSignIn(request)
      const refuse: { violations?: Parameters<Parameters<typeof orWrong>[1]>[0] } = {}
      const answer = await orWrong(
        () => work(request, form),
        (violations) => {
          refuse.violations = violations
          return seeOther('/')
        },
      )
      if (!refuse.violations) return answer
      const renamed = refuse.violations.map((one) => ({ ...one, place: renames[`${name}.${one.place}`] ?? one.place }))
      return show(request, {
        refused: { part: name, errors: errorsOf(viewFor(request), renamed, fields), typed: form },
      })
    })
  }

  /** Proves who it is by the password typed there, and does it; else the page says so beside that field. */
  const proven = async <In extends TSchema, Out extends TSchema>(
    request: SignedIn,
    [name, field]: readonly [Refused['part'], string],
    op: Known<In, TUnion<[Out, typeof Unproven]>>,
    { form, ...given }: { form: URLSearchParams } & Given<In>,
    then: (answer: Exclude<Static<Out>, Unproven>) => HttpResponse,
  ): Promise<HttpResponse> => {
    const answer = await askAs(request.who, op, { ...given, ...proofIn(request, form, field) })
    if (!isUnproven(answer)) return then(answer as Exclude<Static<Out>, Unproven>)
    const words = viewFor(request).t(`account.proof.${answer.refused}`)
    return show(request, { refused: { part: name, errors: new Map([[field, words]]), typed: form } })
  }

  const back = (request: HttpRequest, saved: string) => seeOther(viewFor(request).href(`/account?saved=${saved}`))

  return { show, part, back, proven }
}
/** The account page and its forms, for the sign-in methods that add a section to it. */
export type AccountForms = ReturnType<typeof accountForms>

export function mountAccount(
  web: Web,
  { askAs, view: viewFor }: PageContext,
  forms: AccountForms,
  operations: readonly AnyOperation[],
): void {
  const { show, part, back, proven } = forms
  web.route(
    'GET',
    '/account',
    async (request) => {
      if (!isSignedIn(request)) return toSignIn(request)
      const saved = request.query.get('saved')
      return show(request, saved && noted.has(saved) ? { saved } : {})
    },
    { takes: taking('saved') },
  )

  part('/account', 'self', ['name', 'language', 'affiliations'], async (request, form) => {
    await askAs(request.who, changeSelf, {
      name: form.get('name') ?? '',
      language: form.get('language') ?? '',
      affiliations: recordsIn(form.get('affiliations') ?? '', 'affiliations'),
    })
    return back(request, 'self')
  })

  part('/account/password', 'password', ['password', 'newPassword'], (request, form) => {
    const newPassword = (form.get('newPassword') ?? '').slice(0, 800)
    return proven(request, ['password', 'password'], changePassword, { form, newPassword }, () =>
      back(request, 'password'),
    )
  })

  part('/account/email', 'email', ['newEmail', 'emailPassword'], (request, form) => {
    const email = (form.get('newEmail') ?? '').trim()
    return proven(request, ['email', 'emailPassword'], askEmailChange, { form, email, remote: request.remote }, () =>
      letterSentPage(viewFor(request), email),
    )
  })

  web.route('GET', '/account/email/:token', async (request, { token = '' }) => {
    const { email } = await askAs(request.who, readEmailChange, { token: token.slice(0, 100) })
    const answer = confirmEmailPage(viewFor(request), token, email)
    // The address is a secret: no page that is gone to from here learns it.
    return { ...answer, headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } }
  })

  post(web, '/account/email/:token', async (request, _form, { token = '' }) => {
    await askAs(request.who, confirmEmailChange, { token: token.slice(0, 100) })
    return isSignedIn(request) ? back(request, 'email') : seeOther(viewFor(request).href('/sign-in'))
  })

  part('/account/sessions/end', 'sessions', ['sessionsPassword'], (request, form) => {
    const id = (form.get('id') ?? '').slice(0, 16)
    const place = ['sessions', 'sessionsPassword'] as const
    const after = () => back(request, 'session')
    return id === 'others'
      ? proven(request, place, endOtherSessions, { form }, after)
      : proven(request, place, endSession, { form, id }, after)
  })

  part('/account/keys', 'key', ['keyName', 'scopes', 'days', 'keyPassword'], (request, form) => {
    const wanted = {
      name: form.get('keyName') ?? '',
      scopes: form.getAll('scopes').filter((one) => isScope(one, operations)),
      days: Number(form.get('days')) || 0,
    }
    return proven(request, ['key', 'keyPassword'], makeKey, { form, ...wanted }, ({ key }) =>
      newKeyPage(viewFor(request), key),
    )
  })

  part('/account/keys/end', 'key', ['id'], async (request, form) => {
    await askAs(request.who, endKey, { id: (form.get('id') ?? '').slice(0, 16) })
    return back(request, 'key')
  })
}

const isUnproven = (answer: unknown): answer is Unproven =>
  ['wrong', 'anew', 'tooManyTries'].includes((answer as Partial<Unproven>).refused ?? '')

const noted = new Set([
  'self',
  'email',
  'password',
  'session',
  'key',
  'factor',
  'factorRemoved',
  'passkey',
  'passkeyNamed',
  'passkeyRemoved',
  'identity',
  'identityNot',
  'identityRemoved',
  'notices',
])
/** What an operation calls a value, and the field that it came from. */
const renames: Record<string, string> = {
  'key.name': 'keyName',
  'passkey.name': 'passkeyName',
  'passkeyRename.name': 'newPasskeyName',
  'email.email': 'newEmail',
}
