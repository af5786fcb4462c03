/** Pages and forms for those who are signed in: others sign in first, and come back with all that they typed. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, RouteOptions, Session, Web, Who } from '#kernel/http/server.ts'
import { signInPage } from './pages/login.ts'
import { post, seeOther, type Handle, type PostOptions } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

export type SignedIn = HttpRequest & { who: Who & { by: 'session'; session: Session } }
export const isSignedIn = (request: HttpRequest): request is SignedIn => request.who.by === 'session'

const pathOf = (request: HttpRequest) => `${request.prefix}${request.address}`

/** To where one signs in, and back. */
export const toSignIn = (request: HttpRequest): HttpResponse =>
  seeOther(`${request.prefix}/sign-in?next=${encodeURIComponent(pathOf(request))}`)

/** What only the person themselves may do asks for: the password of this field, and the session it comes from. */
export const proofIn = ({ who }: SignedIn, form: URLSearchParams, field: string) => ({
  password: (form.get(field) ?? '').slice(0, 800),
  session: who.session.id,
})

type Show = (request: SignedIn, parameters: Record<string, string>) => Promise<HttpResponse>

export function forSignedIn(web: Web, { view: viewFor }: Pick<PageContext, 'view'>) {
  const signedOut = (request: HttpRequest, form: URLSearchParams) =>
    signInPage(viewFor(request), { next: pathOf(request), resume: form.toString() })
  return {
    /** Links to such pages are made here alone, unless they say what else their address takes. */
    page: (path: string, show: Show, { takes = 'anything' }: Pick<RouteOptions, 'takes'> = {}): void =>
      web.route(
        'GET',
        path,
        async (request, parameters) => (isSignedIn(request) ? show(request, parameters) : toSignIn(request)),
        { takes },
      ),
    take: (path: string, handle: Handle, options: PostOptions = {}): void =>
      post(web, path, handle, { signedOut, ...options }),
  }
}
