/** Cookies, as far as this node uses them (RFC 6265bis). */

const longestHeader = 8_000

/** The value of one cookie of a request; undefined where it is absent or there twice. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  if (!header || header.length > longestHeader) return undefined
  const values = header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  // Another part of the domain may have set one of the same name: then none can be trusted.
  return values.length === 1 ? values[0] : undefined
}

/** `__Host-` binds a cookie to this very host over TLS (RFC 6265bis §4.1.3.2); plain HTTP is for trying out only. */
export const cookieName = (name: string, isSecure: boolean): string => (isSecure ? `__Host-${name}` : name)

/** A cookie that no script reads and that no other site sends along with a form. */
export const setCookie = (name: string, value: string, maxAgeSeconds: number, isSecure: boolean): string =>
  `${cookieName(name, isSecure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${isSecure ? '; Secure' : ''}`
