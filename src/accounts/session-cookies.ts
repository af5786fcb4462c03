/** What follows a successful sign-in by any method: the cookies, and the redirect back. */
import { setCookie } from '#kernel/http/cookies.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { resumePage } from './pages/resume.ts'
import { formMarkOf } from './secret.ts'
import { deviceMs, longestMs, type Opened } from './sessions.ts'
import { safePath, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

const longestAnswer = 20_000

/** Pages put the language before a path themselves. */
const withoutPrefix = (path: string) => path.replace(/^\/[a-z]{2}(?=\/)/, '')

export function lettingIn({ view: viewFor, isSecure }: Pick<PageContext, 'view' | 'isSecure'>) {
  const cookiesFor = ({ session, device }: Opened) => [
    setCookie('session', session, longestMs / 1_000, isSecure),
    setCookie('device', device, deviceMs / 1_000, isSecure),
  ]
  const home = (request: HttpRequest) => viewFor(request).href('/account')

  /** The page that sends a form again, with the mark of the new session. */
  const resumed = (request: HttpRequest, { session }: Opened, next: string, resume: string) => {
    const values = [...new URLSearchParams(resume)].filter(([name]) => name !== 'csrf')
    const view = { ...viewFor(request), session: { id: '', name: '', csrf: formMarkOf(session), roles: [] } }
    return resumePage(view, withoutPrefix(safePath(next)), values)
  }

  /** `resume`: a form that was sent when the session had ended. */
  const letIn = (request: HttpRequest, opened: Opened, { next = '', resume = '' } = {}): HttpResponse =>
    resume
      ? { ...resumed(request, opened, next, resume), cookies: cookiesFor(opened) }
      : seeOther(next ? safePath(next) : home(request), cookiesFor(opened))

  return { letIn, home }
}

/** What a page’s own script asks for. */
export const scriptAnswer = (value: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
  keep: false,
})

/** What the browser answered for a passkey, as a form brought it; too much of it is none. */
export const passkeyAnswer = (form: URLSearchParams): string => {
  const text = form.get('response') ?? ''
  return text.length <= longestAnswer ? text : ''
}
