/** Forms that people send: only from this site’s pages, of a session only with its mark. */
import { Problem, type Misfit } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import { refuseOtherSites } from '#core/web/forms.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { timingSafeEqual } from 'node:crypto'

type Handle = (asked: Asked, form: URLSearchParams, parameters: Record<string, string>) => Promise<Answer>

/** `signedOut`: what is answered where there is no session, or no more; it may keep what was sent. */
type Options = { signedOut?: (asked: Asked, form: URLSearchParams) => Answer }

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Mounts an address that takes a form. */
export function post(web: Web, path: string, handle: Handle, options: Options = {}): void {
  web.route('POST', path, async (asked, parameters, body) => {
    refuseOtherSites(asked.headers, asked.base)
    if (!(body instanceof URLSearchParams)) throw new Problem('unsupportedMediaType')
    const { who } = asked
    if (who.by !== 'session' && options.signedOut) return { ...options.signedOut(asked, body), keep: false }
    if (who.by === 'session' && !isSame(body.get('csrf') ?? '', who.session.csrf)) throw new Problem('formExpired')
    return { ...(await handle(asked, body, parameters)), keep: false }
  })
}

/** After a form was taken: a page of its own, so that going back and reloading sends nothing twice. */
export const seeOther = (location: string, cookies: readonly string[] = []): Answer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
  cookies,
  body: '',
  keep: false,
})

/** A path of this very site, whatever is asked for: no link may lead elsewhere by way of us. */
export function safePath(path: string | null, base: string): string {
  if (!path?.startsWith('/') || path.length > 2_000) return '/'
  try {
    const url = new URL(path, base)
    return url.origin === new URL(base).origin && !path.startsWith('//') && !path.includes('\\')
      ? `${url.pathname}${url.search}`
      : '/'
  } catch {
    return '/'
  }
}

/** The answer of `work`, or of `wrong` with all that does not fit. */
export async function orWrong(
  work: () => Promise<Answer>,
  wrong: (misfits: readonly Misfit[]) => Answer | Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') return wrong(error.misfits)
    throw error
  }
}

/** For a part of a page that whoever asks may not have: it is left out. */
export function unlessForbidden(error: unknown): undefined {
  if (!(error instanceof Problem) || error.code !== 'forbidden') throw error
}
