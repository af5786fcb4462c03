/** Pages and forms for those who are signed in: others sign in first, and come back with all that they typed. */
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Session, Web, Who } from '#core/web/server.ts'
import { signInPage } from '#house/pages/sign-in.ts'
import { post, seeOther, type Handle, type PostOptions } from './posting.ts'
import type { Asking } from './records.ts'

export type SignedIn = Asked & { who: Who & { by: 'session'; session: Session } }
export const isSignedIn = (asked: Asked): asked is SignedIn => asked.who.by === 'session'

const pathOf = (asked: Asked) => `${asked.prefix}${asked.address}`

/** To where one signs in, and back. */
export const toSignIn = (asked: Asked): Answer =>
  seeOther(`${asked.prefix}/sign-in?next=${encodeURIComponent(pathOf(asked))}`)

/** What only the person themselves may do asks for: the password of this field, and the session it comes from. */
export const proofIn = ({ who }: SignedIn, form: URLSearchParams, field: string) => ({
  password: (form.get(field) ?? '').slice(0, 800),
  session: who.session.id,
})

type Show = (asked: SignedIn, parameters: Record<string, string>) => Promise<Answer>

export function forSignedIn(web: Web, { view: viewFor }: Pick<Asking, 'view'>) {
  const signedOut = (asked: Asked, form: URLSearchParams) =>
    signInPage(viewFor(asked), { next: pathOf(asked), resume: form.toString() })
  return {
    page: (path: string, show: Show): void =>
      web.route('GET', path, async (asked, parameters) =>
        isSignedIn(asked) ? show(asked, parameters) : toSignIn(asked),
      ),
    take: (path: string, handle: Handle, options: PostOptions = {}): void =>
      post(web, path, handle, { signedOut, ...options }),
  }
}
