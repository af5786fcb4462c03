/** What comes in from HTML forms: read with limits, and only from pages of this site. */
import { checkEscapes } from '../input-limits.ts'
import { Problem } from '../problem.ts'

const mostFields = 5_000

/**
 * The fields of `application/x-www-form-urlencoded` (WHATWG URL §5.1).
 * @throws Problem badRequest where there are too many; notUtf8.
 */
export function readForm(text: string): URLSearchParams {
  let fields = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) fields++
  if (fields > mostFields) throw new Problem('badRequest')
  checkEscapes(text)
  return fieldsIn(text)
}

/** Nobody types NUL, and PostgreSQL keeps it in no text. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '')

/** Fields of a form or an address without NUL, which is looked for where escapes are read: `%0%000` becomes `%00` elsewhere. */
export function fieldsIn(text: string): URLSearchParams {
  const fields = new URLSearchParams(text)
  if (!/%00|\0/.test(text)) return fields
  return new URLSearchParams([...fields].map(([name, value]) => [withoutNul(name), withoutNul(value)]))
}

type Headers = Record<string, string | string[] | undefined>

/**
 * Refuses what a page of another site sends (Fetch Metadata; else the Origin header, RFC 6454). Browsers that say
 * neither are held off by the token in each form.
 * @throws Problem crossSite
 */
export function refuseOtherSites(headers: Headers, base: string): void {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  if (site !== undefined) throw new Problem('crossSite')
  const { origin } = headers
  if (origin !== undefined && origin !== new URL(base).origin) throw new Problem('crossSite')
}
