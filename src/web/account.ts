/** One’s own account. */
import type { Static, TSchema, TUnion } from 'typebox'
import type { Given, Known } from '#core/operation.ts'
import { setCookie } from '#core/web/cookies.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { bestText } from '#core/languages/languages.ts'
import { eraseSelf } from '#house/leaving/erase.ts'
import { exportSelf } from '#house/leaving/export.ts'
import { changePassword, changeSelf, readSelf } from '#house/people/account.ts'
import { askEmailChange, confirmEmailChange, readEmailChange } from '#house/people/email-change.ts'
import { readFactors } from '#house/people/factors.ts'
import { endKey, keys as listKeys, makeKey } from '#house/people/keys.ts'
import { listIdentities } from '#house/people/identities.ts'
import { listPasskeys } from '#house/people/passkeys.ts'
import { endOtherSessions, endSession } from '#house/people/end-sessions.ts'
import type { Unproven } from '#house/people/proof.ts'
import { sessions as listSessions } from '#house/people/sessions.ts'
import { accountPage, confirmEmailPage, erasedPage, newKeyPage, type Refused } from '#house/pages/account.ts'
import { errorsOf } from '#house/pages/forms.ts'
import { read } from '#house/record/operations.ts'
import { letterSentPage } from '#house/pages/sign-in.ts'
import { orWrong, post, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { isSignedIn, proofIn, toSignIn, type SignedIn } from './signed-in.ts'

const ofRecord = /\b([0-9a-hjkmnp-tv-z]{16})\b/g

export function mountAccount(web: Web, { ask, askAs, view: viewFor, isSecure, kinds, slot }: Asking) {
  const scopes = [
    'accounts.self',
    'records',
    'drafts',
    'reviews',
    'watching',
    ...[...kinds.values()].map(({ plural }) => plural),
  ]

  async function show(asked: SignedIn, more: { refused?: Refused; saved?: string } = {}): Promise<Answer> {
    const { who } = asked
    const view = viewFor(asked)
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
        more: await slot('account', asked, null),
      },
      more,
    )
  }

  /** A form of the account page: taken, it leads back to it; else the page shows what is wrong. */
  const part = (
    path: string,
    name: Refused['part'],
    fields: readonly string[],
    work: (asked: SignedIn, form: URLSearchParams) => Promise<Answer>,
  ) => {
    // What such a form answers has its address: going there again, in another language too, leads to the account.
    if (path !== '/account') web.route('GET', path, async (asked) => seeOther(viewFor(asked).href('/account')))
    post(web, path, async (asked, form) => {
      if (!isSignedIn(asked)) return toSignIn(asked)
      const refuse: { misfits?: Parameters<Parameters<typeof orWrong>[1]>[0] } = {}
      const answer = await orWrong(
        () => work(asked, form),
        (misfits) => {
          refuse.misfits = misfits
          return seeOther('/')
        },
      )
      if (!refuse.misfits) return answer
      const renamed = refuse.misfits.map((one) => ({ ...one, place: renames[`${name}.${one.place}`] ?? one.place }))
      return show(asked, { refused: { part: name, errors: errorsOf(viewFor(asked), renamed, fields), typed: form } })
    })
  }

  /** Proves who it is by the password typed there, and does it; else the page says so beside that field. */
  const proven = async <In extends TSchema, Out extends TSchema>(
    asked: SignedIn,
    [name, field]: readonly [Refused['part'], string],
    op: Known<In, TUnion<[Out, typeof Unproven]>>,
    { form, ...given }: { form: URLSearchParams } & Given<In>,
    then: (answer: Exclude<Static<Out>, Unproven>) => Answer,
  ): Promise<Answer> => {
    const answer = await askAs(asked.who, op, { ...given, ...proofIn(asked, form, field) })
    if (!isUnproven(answer)) return then(answer as Exclude<Static<Out>, Unproven>)
    const words = viewFor(asked).t(`account.proof.${answer.refused}`)
    return show(asked, { refused: { part: name, errors: new Map([[field, words]]), typed: form } })
  }

  const back = (asked: Asked, saved: string) => seeOther(viewFor(asked).href(`/account?saved=${saved}`))

  web.route('GET', '/account', async (asked) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const saved = asked.query.get('saved')
    return show(asked, saved && noted.has(saved) ? { saved } : {})
  })

  web.route('GET', '/account/export.json', async (asked) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    return {
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="qingdao-account.json"',
      },
      body: JSON.stringify(await askAs(asked.who, exportSelf, {}), null, 2),
      keep: false,
    }
  })

  part('/account', 'self', ['name', 'language', 'affiliations'], async (asked, form) => {
    const affiliations = [...(form.get('affiliations') ?? '').matchAll(ofRecord)].map(([, id]) => id!)
    await askAs(asked.who, changeSelf, {
      name: form.get('name') ?? '',
      language: form.get('language') ?? '',
      affiliations: [...new Set(affiliations)],
    })
    return back(asked, 'self')
  })

  part('/account/password', 'password', ['password', 'newPassword'], (asked, form) => {
    const newPassword = (form.get('newPassword') ?? '').slice(0, 800)
    return proven(asked, ['password', 'password'], changePassword, { form, newPassword }, () => back(asked, 'password'))
  })

  part('/account/email', 'email', ['newEmail', 'emailPassword'], (asked, form) => {
    const email = (form.get('newEmail') ?? '').trim()
    return proven(asked, ['email', 'emailPassword'], askEmailChange, { form, email, remote: asked.remote }, () =>
      letterSentPage(viewFor(asked), email),
    )
  })

  web.route('GET', '/account/email/:token', async (asked, { token = '' }) => {
    const { email } = await askAs(asked.who, readEmailChange, { token: token.slice(0, 100) })
    const answer = confirmEmailPage(viewFor(asked), token, email)
    // The address is a secret: no page that is gone to from here learns it.
    return { ...answer, headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } }
  })

  post(web, '/account/email/:token', async (asked, _form, { token = '' }) => {
    await askAs(asked.who, confirmEmailChange, { token: token.slice(0, 100) })
    return isSignedIn(asked) ? back(asked, 'email') : seeOther(viewFor(asked).href('/sign-in'))
  })

  part('/account/sessions/end', 'sessions', ['sessionsPassword'], (asked, form) => {
    const id = (form.get('id') ?? '').slice(0, 16)
    const place = ['sessions', 'sessionsPassword'] as const
    const after = () => back(asked, 'session')
    return id === 'others'
      ? proven(asked, place, endOtherSessions, { form }, after)
      : proven(asked, place, endSession, { form, id }, after)
  })

  part('/account/keys', 'key', ['keyName', 'scopes', 'days', 'keyPassword'], (asked, form) => {
    const wanted = {
      name: form.get('keyName') ?? '',
      scopes: form.getAll('scopes').filter((one) => scopes.includes(one)),
      days: Number(form.get('days')) || 0,
    }
    return proven(asked, ['key', 'keyPassword'], makeKey, { form, ...wanted }, ({ key }) =>
      newKeyPage(viewFor(asked), key),
    )
  })

  part('/account/keys/end', 'key', ['id'], async (asked, form) => {
    await askAs(asked.who, endKey, { id: (form.get('id') ?? '').slice(0, 16) })
    return back(asked, 'key')
  })

  part('/account/erase', 'erase', ['erasePassword', 'keepName'], (asked, form) =>
    proven(asked, ['erase', 'erasePassword'], eraseSelf, { form, keepName: form.get('keepName') !== 'false' }, () => ({
      ...erasedPage({ ...viewFor(asked), session: undefined }),
      cookies: [setCookie('session', '', 0, isSecure)],
    })),
  )

  return { show, part, back, proven }
}
/** The account page and its forms, for the other doors that have a part in it. */
export type AccountForms = ReturnType<typeof mountAccount>

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
])
/** What an operation calls a value, and the field that it came from. */
const renames: Record<string, string> = {
  'key.name': 'keyName',
  'passkey.name': 'passkeyName',
  'email.email': 'newEmail',
}
