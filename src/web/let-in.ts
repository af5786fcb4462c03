/** What follows a sign-in that was right, by whichever door: the cookies, and the way back. */
import { setCookie } from '#core/web/cookies.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked } from '#core/web/server.ts'
import { resumePage } from '#house/pages/desk.ts'
import { formMarkOf } from '#house/people/secret.ts'
import { longestMs, type Opened } from '#house/people/sessions.ts'
import { safePath, seeOther } from './posting.ts'
import type { Asking } from './records.ts'

const year = 365 * 24 * 60 * 60
const longestAnswer = 20_000

/** Pages put the language before a path themselves. */
const withoutPrefix = (path: string) => path.replace(/^\/[a-z]{2}(?=\/)/, '')

export function lettingIn({ view: viewFor, isSecure }: Pick<Asking, 'view' | 'isSecure'>) {
  const cookiesFor = ({ session, device }: Opened) => [
    setCookie('session', session, longestMs / 1_000, isSecure),
    setCookie('device', device, year, isSecure),
  ]
  const home = (asked: Asked) => viewFor(asked).href('/account')

  /** The page that sends a form again, with the mark of the new session. */
  const resumed = (asked: Asked, { session }: Opened, next: string, resume: string) => {
    const values = [...new URLSearchParams(resume)].filter(([name]) => name !== 'csrf')
    const view = { ...viewFor(asked), session: { id: '', name: '', csrf: formMarkOf(session), roles: [] } }
    return resumePage(view, withoutPrefix(safePath(next, asked.base)), values)
  }

  /** `resume`: a form that was sent when the session had ended. */
  const letIn = (asked: Asked, opened: Opened, { next = '', resume = '' } = {}): Answer =>
    resume
      ? { ...resumed(asked, opened, next, resume), cookies: cookiesFor(opened) }
      : seeOther(next ? safePath(next, asked.base) : home(asked), cookiesFor(opened))

  return { letIn, home }
}

/** What a page’s own script asks for. */
export const scriptAnswer = (value: unknown): Answer => ({
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
