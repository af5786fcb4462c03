/** Forms that people send: only from this site’s pages, of a session only with its mark. */
import { Problem, violation, type Violation } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { refuseOtherSites } from '#kernel/http/forms.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { Incoming, type SentFile, type UploadLimits } from '#kernel/http/uploads.ts'
import { timingSafeEqual } from 'node:crypto'

export type Handle = (
  request: HttpRequest,
  form: URLSearchParams,
  parameters: Record<string, string>,
  files: readonly SentFile[],
  problem: Problem | undefined,
) => Promise<HttpResponse>

/**
 * `signedOut`: what is answered where there is no session, or no more; it may keep what was sent.
 * `files`: how many may come with the form, and how large; `tellsOfFiles` where what is too large is told beside its field;
 * `takesVisitorsFiles` where nobody need sign in for them.
 */
export type PostOptions = {
  signedOut?: (request: HttpRequest, form: URLSearchParams) => HttpResponse
  files?: UploadLimits
  tellsOfFiles?: true
  takesVisitorsFiles?: true
}

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Mounts an address that takes a form. Files that came with it are gone when it is answered, unless they were moved. */
export function post(
  web: Web,
  path: string,
  handle: Handle,
  { signedOut, files, tellsOfFiles, takesVisitorsFiles }: PostOptions = {},
): void {
  const take = async (
    request: HttpRequest,
    parameters: Record<string, string>,
    form: URLSearchParams,
    sent: readonly SentFile[],
    problem?: Problem,
  ) => {
    const { who } = request
    if (who.by !== 'session' && signedOut) return { ...signedOut(request, form), keep: false }
    if (who.by === 'session' && !isSame(form.get('csrf') ?? '', who.session.csrf)) throw new Problem('formExpired')
    return { ...(await handle(request, form, parameters, sent, problem)), keep: false }
  }
  web.route(
    'POST',
    path,
    async (request, parameters, body) => {
      refuseOtherSites(request.headers, request.base)
      if (body instanceof URLSearchParams) return take(request, parameters, body, [])
      if (!(body instanceof Incoming) || !files) throw new Problem('unsupportedMediaType')
      // Of somebody who never signed in nothing is read; of a session that has ended, what was typed, in a hurry.
      if (request.who.by !== 'session' && signedOut && request.cookies === undefined)
        return { ...signedOut(request, new URLSearchParams()), keep: false }
      const upload = await body.receive(files, { keepFiles: takesVisitorsFiles ?? request.who.by === 'session' })
      if (upload.problem && !tellsOfFiles) throw upload.problem
      return take(request, parameters, upload.form, upload.files, upload.problem).finally(upload.remove)
    },
    { takesFiles: files !== undefined },
  )
}

/** After a form was taken: a page of its own, so that going back and reloading sends nothing twice. */
export const seeOther = (location: string, cookies: readonly string[] = []): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
  cookies,
  body: '',
  keep: false,
})

/** Browsers read a backslash as a slash, and pass over tabs and ends of lines (WHATWG URL §4.4). */
const misread = /[\\\p{Cc}]/u
const ofNowhere = 'http://nowhere.invalid'

/**
 * A path of this very site, whatever is asked for: no link may lead elsewhere by way of us. `//` anywhere is none of ours,
 * and would be the name of another site as soon as what stands before it is taken away.
 */
export function safePath(path: string | null): string {
  if (!path?.startsWith('/') || path.length > 2_000 || misread.test(path) || !URL.canParse(path, ofNowhere)) return '/'
  const { origin, pathname, search } = new URL(path, ofNowhere)
  return origin === ofNowhere && !pathname.includes('//') ? `${pathname}${search}` : '/'
}

/** What was chosen of what a form offers. @throws Problem invalid, at that field, where it offers no such thing */
export function chosenIn<Choice extends string>(
  form: URLSearchParams,
  name: string,
  offered: readonly Choice[],
): Choice {
  const found = offered.find((one) => one === form.get(name))
  if (found === undefined) throw violation(name, 'notOffered')
  return found
}

/** The answer of `work`, or of `wrong` with all that does not fit. */
export async function orWrong(
  work: () => Promise<HttpResponse>,
  wrong: (violations: readonly Violation[]) => HttpResponse | Promise<HttpResponse>,
): Promise<HttpResponse> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') return wrong(error.violations)
    throw error
  }
}
